// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.catrs.trainer.engine.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GradientAscentTest {
    private final NDManager manager = manager();

    private static NDManager manager() {
        TorchEngine.start();
        return NDManager.newBaseManager("PyTorch");
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void shouldStepProjectAndRestoreMeanAndRootMeanSquare() {
        NDArray start = manager.create(new float[][] {{1, -1}});
        NDArray gradient = manager.create(new float[][] {{0, 5}});

        NDArray worst = GradientAscent.toLikelyNoise(1, 1).climb(start, gradient, noise -> gradient);

        // By hand: the step of length 2 to (1, 1) is cut to (1, 0) at distance 1; less its mean, times 1 / sqrt(1/2).
        assertThat(worst.toFloatArray()).usingComparatorWithPrecision(1e-6f).containsExactly(0.707107f, -0.707107f);
    }

    @Test
    void shouldAskForTheGradientAtEachStepButTheFirst() {
        NDArray start = manager.create(new float[][] {{1, -1, 0.5f}});
        int[] calls = {0};

        GradientAscent.toLikelyNoise(1, 4).climb(start, start, noise -> {
            calls[0]++;
            return start;
        });

        assertThat(calls[0]).isEqualTo(3);
    }

    @Test
    void shouldClimbWhereTheGradientPoints() {
        NDArray direction =
                manager.create(new float[] {1, 0, -1, 0.5f, 0, 0, -0.5f, 0}).reshape(1, 8);
        NDArray start = manager.create(new float[] {0.3f, -0.5f, 0.1f, 0.9f, -0.7f, -0.2f, 0.6f, -0.4f})
                .reshape(1, 8);

        NDArray worst = GradientAscent.toLikelyNoise(0.5, 4).climb(start, direction, noise -> direction);

        assertThat(worst.sub(start).mul(direction).sum().getFloat()).isGreaterThan(0.3f);
        assertThat(worst.mean().getFloat()).isCloseTo(start.mean().getFloat(), within(1e-6f));
        assertThat(worst.square().mean().getFloat())
                .isCloseTo(start.square().mean().getFloat(), within(0.02f));
    }

    @Test
    void shouldStayWhereTheGradientIsZero() {
        NDArray start = manager.create(new float[][] {{1, -1, 0.5f, -0.5f}});
        NDArray zero = start.zerosLike();

        NDArray worst = GradientAscent.toLikelyNoise(1, 2).climb(start, zero, noise -> zero);

        assertThat(worst.toFloatArray()).usingComparatorWithPrecision(1e-6f).containsExactly(1, -1, 0.5f, -0.5f);
    }
}
