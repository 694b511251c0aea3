// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    @ParameterizedTest
    @CsvSource({"0, 1", "0.33, 1", "0.34, 0.1", "0.66, 0.1", "0.67, 0.01", "0.999, 0.01"})
    void shouldDropToATenthAfterEachThird(double progress, double factor) {
        assertThat(Schedule.STEP.factor(progress)).isCloseTo(factor, within(1e-12));
    }

    @ParameterizedTest
    // By hand: halfway up is 0.04 + 0.96 / 2; halfway down is 1 / 2.
    @CsvSource({"0, 0.04", "0.1, 0.52", "0.2, 1", "0.6, 0.5", "0.999999, 0"})
    void shouldGoUpAndDownAlongCosines(double progress, double factor) {
        assertThat(Schedule.ONE_CYCLE.factor(progress)).isCloseTo(factor, within(1e-9));
    }
}
