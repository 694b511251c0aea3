// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.bound;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundedDownTest {
    @ParameterizedTest
    @CsvSource({
        "0.952864999, 3, 0.952",
        "1.9057, 2, 1.90",
        "0.9999999, 6, 0.999999",
        "0, 3, 0.000",
        "2, 0, 2",
        "1e-9, 6, 0.000000",
        // The double below 0.3 is 0.299999999999999988897...
        "0.3, 1, 0.2"
    })
    void shouldWriteDecimalsThatDoNotExceedTheValue(double value, int places, String text) {
        assertThat(RoundedDown.format(value, places)).isEqualTo(text);
    }

    @Test
    void shouldNeverExceedAnyValue() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 10_000; i++) {
            double value = random.nextDouble(4);

            BigDecimal written = new BigDecimal(RoundedDown.format(value, 3));

            assertThat(written).isBetween(new BigDecimal(value - 0.001), new BigDecimal(value));
        }
    }
}
