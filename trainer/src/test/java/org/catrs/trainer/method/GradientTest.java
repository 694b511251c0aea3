// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.Stream;
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
                Arguments.of("gaussian", MethodKind.GAUSSIAN.create(Map.of("noises", "2"), 1)),
                Arguments.of("L_low, M = 2", catRs(2, 0, 1)),
                Arguments.of("L_low, M = 4, K = 2", catRs(4, 0, 1)),
                Arguments.of("L_low and L_high", catRs(4, 1, 1e-6)));
    }

    private static CatRs catRs(int noises, double lambda, double epsilon) {
        BinomialDraw two = (trials, p, random) -> p == 0 ? 0 : p == 1 ? trials : 2;
        Map<String, String> values = Map.of(
                "noises", Integer.toString(noises),
                "lambda", Double.toString(lambda),
                "epsilon", Double.toString(epsilon),
                "pgd-steps", "2");
        return new CatRs(new MethodSettings(CatRs.HYPERPARAMETERS, values, 1), two);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void shouldBeTheLossesSlope(String name, TrainingMethod method) {
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
