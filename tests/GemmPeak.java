// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.catrs.trainer.engine.TorchEngine;

/**
 * How fast this machine multiplies matrices by the library that the trainer computes with, on a thread for each core, as
 * the trainer does. Prints billions of floating-point operations per second, the best of some rounds. Run by
 * bench-training as a source file.
 */
final class GemmPeak {
    private static final int SIZE = 1024;
    private static final int PRODUCTS = 20;
    private static final int ROUNDS = 5;

    private GemmPeak() {}

    public static void main(String[] arguments) {
        TorchEngine.start();
        int cores = Runtime.getRuntime().availableProcessors();
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long began = System.nanoTime();
            CompletableFuture.allOf(IntStream.range(0, cores)
                            .mapToObj(core -> CompletableFuture.runAsync(
                                    GemmPeak::multiply, command -> new Thread(command).start()))
                            .toArray(CompletableFuture[]::new))
                    .join();
            double seconds = (System.nanoTime() - began) / 1e9;
            best = Math.max(best, 2.0 * SIZE * SIZE * SIZE * PRODUCTS * cores / seconds / 1e9);
        }
        System.out.printf(Locale.ROOT, "%.1f%n", best);
    }

    private static void multiply() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray factor = manager.randomNormal(new Shape(SIZE, SIZE));
            for (int i = 0; i < PRODUCTS; i++) {
                factor.matMul(factor).close();
            }
        }
    }
}
