// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.bound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RadiusThresholdsTest {
    private static final GivingUp GIVING_UP = new GivingUp(GivingUp.Hope.OF_THE_RADIUS, 0.001);

    @Test
    void shouldBeTheSmallestCountsThatArithmeticOfFiftyDigitsCertifies() {
        for (String[] row : Reference.rows("look-thresholds.tsv")) {
            long n = Long.parseLong(row[0]);
            RadiusThresholds thresholds = new RadiusThresholds(
                    1,
                    Double.parseDouble(row[2]),
                    LookSchedule.once(n),
                    ClopperPearson::lowerBound,
                    new double[] {Double.parseDouble(row[1])},
                    GIVING_UP);

            assertThat(thresholds.reached(0))
                    .as("threshold for %s", (Object) row)
                    .isEqualTo(Long.parseLong(row[3]));
        }
    }

    @ParameterizedTest
    @CsvSource({"0.25, 0.125", "0.5, 0.5", "0.5, 1", "1, 0.3"})
    void shouldCertifyTheRadiusAtTheThresholdAndNotBelow(double sigma, double radius) {
        LookSchedule schedule = LookSchedule.rounded(10_000);
        double[] levels = new double[schedule.looks()];
        for (int look = 0; look < levels.length; look++) {
            levels[look] = 0.001 * schedule.share(look);
        }
        for (LowerBound bound : new LowerBound[] {ClopperPearson::lowerBound, MixtureBound::lowerBound}) {
            RadiusThresholds thresholds = new RadiusThresholds(sigma, radius, schedule, bound, levels, GIVING_UP);
            for (int look = 0; look < levels.length; look++) {
                long n = schedule.size(look);
                long count = thresholds.reached(look);
                assertThat(thresholds.outOfReach(look)).isLessThan(count);
                assertThat(CertifiedRadius.of(sigma, bound.of(count - 1, n, levels[look])))
                        .isLessThan(radius);
                if (count <= n) {
                    assertThat(CertifiedRadius.of(sigma, bound.of(count, n, levels[look])))
                            .isGreaterThanOrEqualTo(radius);
                }
            }
        }
    }

    @Test
    void shouldGiveUpWhereTheUpperBoundFallsShortOfTheRadius() {
        RadiusThresholds thresholds = new RadiusThresholds(
                1, 1, LookSchedule.once(1000), ClopperPearson::lowerBound, new double[] {0.001}, GIVING_UP);

        // 1 - scipy.stats.beta.ppf(0.001, 1000 - h, h + 1) against scipy.stats.norm.cdf(1): 804 is the last below
        assertThat(thresholds.outOfReach(0)).isEqualTo(804);
    }

    @Test
    void shouldGiveUpWhereTheUpperBoundFallsShortOfWhatTheLastLookNeeds() {
        LookSchedule schedule = LookSchedule.rounded(1000).from(736); // 736 and 1000
        RadiusThresholds thresholds = new RadiusThresholds(
                1,
                1,
                schedule,
                ClopperPearson::lowerBound,
                new double[] {0.0005, 0.0005},
                new GivingUp(GivingUp.Hope.OF_THE_LAST_LOOK, 0.0025));

        // the least h with scipy.stats.beta.ppf(0.0005, h, 1001 - h) of scipy.stats.norm.cdf(1) or more
        assertThat(thresholds.reached(1)).isEqualTo(879);
        // the last h with scipy.stats.beta.ppf(1 - 0.0025, h + 1, n - h) below 0.879
        assertThat(thresholds.outOfReach(0)).isEqualTo(620);
        assertThat(thresholds.outOfReach(1)).isEqualTo(848);
    }

    @Test
    void shouldGiveUpAtOnceWhatNoNumberOfSuccessesCanShow() {
        LookSchedule schedule = LookSchedule.rounded(1000);
        double[] levels = new double[schedule.looks()];
        Arrays.fill(levels, 0.0001);
        RadiusThresholds thresholds =
                new RadiusThresholds(1, 3, schedule, ClopperPearson::lowerBound, levels, GIVING_UP);

        assertThat(thresholds.outOfReach(0)).isEqualTo(schedule.size(0));
    }
}
