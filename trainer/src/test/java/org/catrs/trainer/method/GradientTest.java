// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.catrs.trainer.method.hyperparameter.Hyperparameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gradients against central differences of the loss. The attack's noise depends on the weights, which the gradient by
 * design does not follow, so its ball is made so small here that it hardly moves.
 */
class GradientTest {
    /** One in each tensor of LeNet, weights and biases in turn. */
    private static final int[] POSITIONS = {7, 505, 600, 25_530, 25_600, 51_069, 52_000, 52_571};

    private static final float STEP = 2e-3f;

    static Stream<Arguments> shouldBeTheLossesSlope() {
        return Stream.of(
                Arguments.of(MethodKind.GAUSSIAN, Map.of("noises", "2")),
                Arguments.of(MethodKind.STABILITY, Map.of("noises", "2")),
                Arguments.of(MethodKind.SMOOTHADV, Map.of("epsilon", "1e-6", "pgd-steps", "2")),
                Arguments.of(MethodKind.MACER, Map.of("noises", "4", "beta", "1", "gamma", "4")),
                Arguments.of(MethodKind.CONSISTENCY, Map.of("noises", "4")),
                Arguments.of(MethodKind.SMOOTHMIX, Map.of("step-length", "1e-6", "warm-up", "2")),
                Arguments.of(MethodKind.CAT_RS, Map.of("noises", "2", "lambda", "0")),
                Arguments.of(MethodKind.CAT_RS, Map.of("lambda", "0")),
                Arguments.of(MethodKind.CAT_RS, Map.of("epsilon", "1e-6", "pgd-steps", "2")),
                Arguments.of(MethodKind.CAT_RS, Map.of("epsilon", "1e-6", "ablation", "high-only")),
                Arguments.of(MethodKind.CAT_RS, Map.of("epsilon", "1e-6", "ablation", "avg-max")),
                Arguments.of(MethodKind.CAT_RS_KL, Map.of("epsilon", "1e-6")));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void shouldBeTheLossesSlope(MethodKind kind, Map<String, String> settings) {
        TrainingMethod method = kind.create(settings, Hyperparameter.STANDARD_EPOCHS)
                .prepared((pretraining, sigma, votes) -> Optional.of(Wave.votes()))
                .orElseThrow();
        try (MethodFixture fixture = new MethodFixture(1)) {
            MethodFixture.Outcome outcome = fixture.run(method);
            for (int position : POSITIONS) {
                float value = fixture.values()[position];
                fixture.values()[position] = value + STEP;
                double above = fixture.run(method).loss().meanLoss();
                fixture.values()[position] = value - STEP;
                double below = fixture.run(method).loss().meanLoss();
                fixture.values()[position] = value;

                assertThat(outcome.gradient()[position])
                        .as("gradient at %d", position)
                        .isCloseTo((float) ((above - below) / (2 * STEP)), within(2e-3f));
            }
        }
    }
}
