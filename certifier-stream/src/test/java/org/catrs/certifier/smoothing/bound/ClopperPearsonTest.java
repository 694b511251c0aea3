// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClopperPearsonTest {
    @Test
    void shouldNeverExceedTheTrueBoundAndHardlyFallShort() {
        for (String[] row : Reference.rows("lower-bounds.tsv")) {
            long successes = Long.parseLong(row[0]);
            long trials = Long.parseLong(row[1]);
            BigDecimal truth = new BigDecimal(row[3]);

            double bound = ClopperPearson.lowerBound(successes, trials, Double.parseDouble(row[2]));

            if (successes == 0) {
                assertThat(bound).isZero();
            } else {
                double tolerance = trials <= 1_000_000 ? 1e-9 : 1e-6;
                assertThat(Reference.shortfall(bound, truth))
                        .as("relative shortfall for %s", (Object) row)
                        .isBetween(0.0, tolerance);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // scipy.stats.beta.ppf(alpha, successes, trials - successes + 1)
        "99, 100, 0.001, 0.9113731112960424",
        "60, 100, 0.05, 0.5129758202538944",
        "99000, 100000, 0.001, 0.9889893403774748",
        "1, 1000000, 1e-9, 1.0000000004999998e-15",
        "999999, 1000000, 1e-9, 0.9999760605467178"
    })
    void shouldAgreeWithSciPy(long successes, long trials, double alpha, double bound) {
        assertThat(ClopperPearson.lowerBound(successes, trials, alpha)).isCloseTo(bound, withinPercentage(1e-7));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 100, 100_000})
    void shouldBeTheRootOfAlphaWhenAllSucceed(long trials) {
        double bound = ClopperPearson.lowerBound(trials, trials, 0.001);

        assertThat(bound)
                .isLessThan(Math.pow(0.001, 1.0 / trials))
                .isCloseTo(Math.pow(0.001, 1.0 / trials), withinPercentage(1e-7));
    }

    @Test
    void shouldRefuseArgumentsOutOfTheirRange() {
        assertRefused(0, 0, 0.001);
        assertRefused(-1, 10, 0.001);
        assertRefused(11, 10, 0.001);
        assertRefused(1, 1_000_000_001, 0.001);
        assertRefused(1, 10, 0);
        assertRefused(1, 10, 0.5);
        assertRefused(1, 10, Double.NaN);
    }

    private static void assertRefused(long successes, long trials, double alpha) {
        assertThatThrownBy(() -> ClopperPearson.lowerBound(successes, trials, alpha))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
