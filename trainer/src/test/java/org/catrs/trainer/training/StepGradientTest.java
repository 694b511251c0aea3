// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.catrs.trainer.data.TrainingImages;
import org.catrs.trainer.engine.TorchEngine;
import org.catrs.trainer.method.SliceLoss;
import org.catrs.trainer.noise.RandomStreams;
import org.junit.jupiter.api.Test;

class StepGradientTest {
    private final int[] batch = IntStream.range(0, 128).toArray();
    private final float[] gradient = new float[431_080];

    private SliceLoss compute(int cores) {
        TorchEngine.start();
        SliceSource source = new SliceSource(
                TrainingImages.of(SmallTraining.DIGITS), SmallTraining.METHOD, 0.25, new RandomStreams(1));
        try (StepGradient step = new StepGradient(SmallTraining.LENET, source, batch.length, cores)) {
            float[] values = step.initialParameters(new SplittableRandom(1)).values();
            step.compute(0, batch, values, gradient);
            return step.compute(5, batch, values, gradient);
        }
    }

    @Test
    void shouldNotDependOnTheNumberOfThreads() {
        SliceLoss loss = compute(1);
        float[] expected = gradient.clone();

        assertThat(compute(2)).isEqualTo(loss);
        assertThat(gradient).isEqualTo(expected);
    }
}
