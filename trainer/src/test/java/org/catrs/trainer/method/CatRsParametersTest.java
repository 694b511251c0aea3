// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatRsParametersTest {
    @ParameterizedTest
    @CsvSource({
        "0, 1, 0.2, 1, 4, --noises",
        "4, -0.1, 0.2, 1, 4, --lambda",
        "4, NaN, 0.2, 1, 4, --lambda",
        "4, 1, 0, 1, 4, --p0",
        "4, 1, 1.01, 1, 4, --p0",
        "4, 1, 0.2, 0, 4, --epsilon",
        "4, 1, 0.2, Infinity, 4, --epsilon",
        "4, 1, 0.2, 1, 0, --pgd-steps"
    })
    void shouldNameTheOptionThatIsOutOfItsRange(
            int noises, double lambda, double p0, double epsilon, int steps, String option) {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> new CatRsParameters(noises, lambda, p0, epsilon, steps))
                .withMessageContaining(option + " must be");
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 1, 1e-9, 1", "4, 1, 0.2, 1, 4"})
    void shouldTakeTheEndsOfItsRanges(int noises, double lambda, double p0, double epsilon, int steps) {
        assertThat(new CatRsParameters(noises, lambda, p0, epsilon, steps).toMap())
                .containsOnlyKeys("noises", "lambda", "p0", "epsilon", "pgd-steps");
    }
}
