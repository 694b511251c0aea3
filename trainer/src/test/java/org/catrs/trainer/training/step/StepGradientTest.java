// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.catrs.trainer.architecture.Architecture;
import org.catrs.trainer.architecture.NetworkSpecification;
import org.catrs.trainer.architecture.Normalization;
import org.catrs.trainer.data.TrainingImages;
import org.catrs.trainer.engine.TorchEngine;
import org.catrs.trainer.method.slice.SliceLoss;
import org.catrs.trainer.training.SmallTraining;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class StepGradientTest {
    /** What two steps leave. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Outcome(SliceLoss loss, float[] gradient, float[] values) {}

    private static SliceSource source(Architecture architecture) {
        return new SliceSource(
                SmallTraining.recipe(architecture, 1, 0.05, 128, 1),
                SmallTraining.METHOD,
                TrainingImages.of(SmallTraining.DIGITS));
    }

    private static Outcome compute(Architecture architecture, int cores) {
        TorchEngine.start();
        NetworkSpecification network = architecture.specification(SmallTraining.DIGITS.shape(), 10, Normalization.NONE);
        try (StepGradient step = new StepGradient(network, source(architecture), cores)) {
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

    /** PyTorch has one collector: a job whose network does not fit must not take it from the next. */
    @Test
    void shouldGiveTheCollectorBackWhenANetworkCannotBeMade() {
        TorchEngine.start();
        SliceSource source = source(Architecture.LENET);

        assertThatThrownBy(() -> new StepGradient(null, source, 1)).isInstanceOf(NullPointerException.class);

        assertThatCode(() -> TorchEngine.newCollector().close()).doesNotThrowAnyException();
    }
}
