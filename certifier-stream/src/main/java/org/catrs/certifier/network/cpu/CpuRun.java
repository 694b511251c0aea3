// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cpu;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a network is run on the CPU.
 *
 * @param level how far ONNX Runtime rewrites the graph, which decides the kernels and so the logits' last bits
 * @param batch images in a run at most, which changes no bit
 * @param threads threads that run it at once, which change no bit
 */
public record CpuRun(OptLevel level, int batch, int threads) {
    /** Smaller batches are worth their buffers down to this size: a run takes as long as some images. */
    private static final int SMALLEST_BATCH = 8;

    /** Batches for when fewer samples are at hand, the largest first: then no whole batch is run for the places of some. */
    public List<Integer> smallerBatches() {
        List<Integer> smaller = new ArrayList<>();
        for (int size = batch / 2; size >= SMALLEST_BATCH; size /= 2) {
            smaller.add(size);
        }
        return smaller;
    }

    /** The level's name, such as {@code extended}. */
    String levelName() {
        return levelName(level);
    }

    /** A level's name, such as {@code extended}. */
    public static String levelName(OptLevel level) {
        return level.name().replace("_OPT", "").toLowerCase(Locale.ROOT);
    }

    CpuRun withThreads(int other) {
        return new CpuRun(level, batch, other);
    }
}
