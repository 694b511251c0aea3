// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.catrs.trainer.architecture.Architecture;
import org.catrs.trainer.architecture.NetworkSpecification;
import org.catrs.trainer.architecture.Normalization;
import org.catrs.trainer.data.TrainingImages;
import org.catrs.trainer.engine.TorchEngine;
import org.catrs.trainer.method.slice.SliceLoss;
import org.catrs.trainer.training.SmallTraining;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StepGradientTest {
    /** What two steps leave. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Outcome(SliceLoss loss, float[] gradient, float[] values) {}

    private static Outcome compute(Architecture architecture, int cores) {
        TorchEngine.start();
        NetworkSpecification network = architecture.specification(SmallTraining.DIGITS.shape(), 10, Normalization.NONE);
        SliceSource source = new SliceSource(
                SmallTraining.recipe(architecture, 1, 0.05, 128, 1),
                SmallTraining.METHOD,
                TrainingImages.of(SmallTraining.DIGITS));
        try (StepGradient step = new StepGradient(network, source, cores)) {
            float[] values = step.initialParameters(new SplittableRandom(1)).values();
            float[] gradient = new float[step.trainedCount()];
            step.compute(0, values, gradient);
            return new Outcome(step.compute(5, values, gradient), gradient, values);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LENET", "RESNET20"})
    void shouldNotDependOnTheNumberOfThreads(Architecture architecture) {
        Outcome one = compute(architecture, 1);
        Outcome two = compute(architecture, 2);

        assertThat(two.loss()).isEqualTo(one.loss());
        assertThat(two.gradient()).isEqualTo(one.gradient());
        assertThat(two.values()).isEqualTo(one.values());
    }
}
