// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixtureBoundTest {
    @Test
    void shouldNeverExceedTheTrueBoundAndHardlyFallShort() {
        for (String[] row : Reference.rows("mixture-bounds.tsv")) {
            double bound =
                    MixtureBound.lowerBound(Long.parseLong(row[0]), Long.parseLong(row[1]), Double.parseDouble(row[2]));

            assertThat(Reference.shortfall(bound, new BigDecimal(row[3])))
                    .as("relative shortfall for %s", (Object) row)
                    .isBetween(0.0, 1e-8);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // mpmath: plans.py's log_evidence, with scipy.stats.beta.logsf for the posterior survival
        "0.79999, 800000000, 1000000000, -9.7960153192150857",
        "0.9999999, 999999999, 1000000000, 92.701135981347224",
        "0.5, 500100000, 1000000000, 9.627269875849021"
    })
    void shouldErrFarLessThanItsMargin(double p, long successes, long trials, double truth) {
        double error = MixtureBound.logEvidence(0.5, 0.3, p, successes, trials) - truth;

        assertThat(Math.abs(error)).isLessThan((1e-11 + trials * 0x1p-48) / 10);
    }

    /** The strongest adversary stops when the bound is above the truth, if it ever is. */
    @ParameterizedTest
    @CsvSource({"0.3", "0.5", "0.6", "0.84", "0.95", "0.99"})
    void shouldHoldAtAllNumbersOfSamplesTogether(double probability) {
        int paths = 4000;
        int longest = 3000;
        double alpha = 0.05;
        long[] wrongFrom = wrongFrom(probability, longest, alpha);

        int wrong = 0;
        for (int path = 0; path < paths; path++) {
            SplittableRandom random = new SplittableRandom(path);
            long successes = 0;
            boolean everWrong = false;
            for (int n = 1; n <= longest && !everWrong; n++) {
                successes += random.nextDouble() < probability ? 1 : 0;
                everWrong = successes >= wrongFrom[n];
            }
            wrong += everWrong ? 1 : 0;
        }

        // More wrong ones than this have probability 0.001 if each is wrong with probability alpha.
        assertThat(wrong)
                .isLessThanOrEqualTo(BinomialDistribution.of(paths, alpha).inverseSurvivalProbability(0.001));
        assertThat(wrong).as("an empty test would find none").isPositive();
    }

    @Test
    void shouldShowNothingWithoutSuccess() {
        assertThat(MixtureBound.lowerBound(0, 1000, 0.001)).isZero();
    }

    @Test
    void shouldGrowWithSuccesses() {
        double earlier = 0;
        for (long successes = 1; successes <= 300; successes++) {
            double bound = MixtureBound.lowerBound(successes, 300, 0.001);
            assertThat(bound).isGreaterThan(earlier);
            earlier = bound;
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0.001", "-1, 10, 0.001", "11, 10, 0.001", "1, 1000000001, 0.001", "1, 10, 0", "1, 10, 0.5"})
    void shouldRefuseArgumentsOutOfTheirRange(long successes, long trials, double alpha) {
        assertThatThrownBy(() -> MixtureBound.lowerBound(successes, trials, alpha))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** For each number of samples the smallest count whose bound exceeds the truth. */
    private static long[] wrongFrom(double probability, int longest, double alpha) {
        long[] counts = new long[longest + 1];
        long count = 0;
        for (int n = 1; n <= longest; n++) {
            while (count <= n && MixtureBound.lowerBound(count, n, alpha) <= probability) {
                count++;
            }
            counts[n] = count;
        }
        return counts;
    }
}
