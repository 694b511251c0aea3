// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertifiedRadiusTest {
    @ParameterizedTest
    @ValueSource(doubles = {0.12, 0.25, 0.5, 1})
    void shouldNeverExceedTheTrueRadiusAndHardlyFallShort(double sigma) {
        for (String[] row : Reference.rows("quantiles.tsv")) {
            BigDecimal truth = new BigDecimal(row[1]).multiply(new BigDecimal(sigma));

            double radius = CertifiedRadius.of(sigma, Double.parseDouble(row[0]));

            assertThat(Reference.shortfall(radius, truth))
                    .as("relative shortfall at %s", row[0])
                    .isBetween(0.0, 1e-12);
        }
    }

    @Test
    void shouldReachTheLargestRadiusThatAHundredThousandSamplesShow() {
        double bound = ClopperPearson.lowerBound(100_000, 100_000, 0.001);

        // 0.5 * scipy.stats.norm.ppf(0.001 ** 1e-5) = 1.9057282816949572, and half of it at sigma 0.25
        assertThat(RoundedDown.format(CertifiedRadius.of(0.5, bound), 6)).isEqualTo("1.905728");
        assertThat(RoundedDown.format(CertifiedRadius.of(0.25, bound), 6)).isEqualTo("0.952864");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.5})
    void shouldBeZeroWithoutAMajority(double bound) {
        assertThat(CertifiedRadius.of(1, bound)).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void shouldRefuseWhatIsNoLowerBound(double bound) {
        assertThatThrownBy(() -> CertifiedRadius.of(1, bound))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Double.toString(bound));
    }
}
