// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cpu;

import ai.onnxruntime.OrtException;
import java.util.function.Consumer;
import org.catrs.certifier.network.session.BatchRunner;
import org.catrs.certifier.smoothing.counts.ParallelCounter;
import org.catrs.certifier.smoothing.noise.NoiseSampler;

/** Draws noisy images into a batch, runs the network on them and counts the largest logits. */
final class NoisyVoter implements ParallelCounter.Voter {
    private final NoiseSampler noise;
    private final BatchRunner runner;
    private final Consumer<BatchRunner> giveBack;
    private final boolean[] drawn;

    NoisyVoter(NoiseSampler noise, BatchRunner runner, Consumer<BatchRunner> giveBack) {
        this.noise = noise;
        this.runner = runner;
        this.giveBack = giveBack;
        this.drawn = new boolean[runner.batch()];
    }

    @Override
    public void vote(long first, int size, long[] votes) {
        for (int place = 0; place < size; place++) {
            drawn[place] = runner.draw(noise, first + place, place);
        }
        try {
            runner.run();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
        }
        for (int place = 0; place < size; place++) {
            int label = drawn[place] ? runner.vote(place) : -1;
            if (label >= 0) {
                votes[label]++;
            }
        }
    }

    @Override
    public void close() {
        giveBack.accept(runner);
    }
}
