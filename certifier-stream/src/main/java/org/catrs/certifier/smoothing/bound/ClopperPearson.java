// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.bound;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * The one-sided Clopper-Pearson lower confidence bound of a binomial proportion, rounded down. Clopper and Pearson, "The
 * use of confidence or fiducial limits illustrated in the case of the binomial", Biometrika 26, 1934.
 */
public final class ClopperPearson {
    /** Most trials for which the error of the library's tail probability is known. */
    public static final long MOST_TRIALS = 1_000_000_000;

    private ClopperPearson() {}

    /**
     * The lower bound: the largest p at which so many successes, or more, have probability at most alpha; 0 for no
     * success.
     *
     * <p>That probability is the regularised incomplete beta function I_p(H, n - H + 1) of H successes in n trials, so
     * the bound is the alpha-quantile of the Beta(H, n - H + 1) distribution. The library's quantile may lie above the
     * true one by a rounding error. It is therefore lowered until the library's tail probability is at most alpha (1 -
     * m), where the margin m = 2^-40 + n 2^-53 exceeds the relative error of that probability: against arithmetic with
     * 40 digits and more, the error was at most 3e-15 + n 4.7e-17 over n = 1 to 10^9, H from 1 to n and alpha from 1e-15
     * to 0.4, less than half of m. As I_p rises with p, the result never exceeds the true bound.
     *
     * <p>Each step lowers the tail probability by about 2 m of itself, so that one is enough, or rarely two. It lowers
     * p, relatively, by 2 m I / (p dI/dp); the divisor is at least 0.69 I for alpha below 1/2 and mostly far greater. So
     * up to n = 10^6 the result is within 1e-9 of the true bound, relatively.
     *
     * @param successes H, from 0 to {@code trials}
     * @param trials n, from 1 to 10^9, fixed before looking
     * @param alpha probability that the bound exceeds the true proportion, above 0 and below 1/2
     * @throws IllegalArgumentException when an argument is out of its range
     */
    public static double lowerBound(long successes, long trials, double alpha) {
        Arguments.check(successes, trials, alpha);
        if (successes == 0) {
            return 0;
        }
        BetaDistribution beta = BetaDistribution.of((double) successes, trials - successes + 1.0);
        double margin = 0x1p-40 + trials * 0x1p-53;
        double bound = beta.inverseCumulativeProbability(alpha);
        do {
            bound = Math.min(Math.nextDown(bound), bound - 2 * margin * alpha / beta.density(bound));
        } while (beta.cumulativeProbability(bound) > alpha * (1 - margin));
        return bound;
    }

    /**
     * The upper bound: 1 less the lower bound of the failures' proportion; 1 for no failure. Rounded up.
     *
     * @param successes H, from 0 to {@code trials}
     * @param trials n, from 1 to 10^9, fixed before looking
     * @param alpha probability that the bound falls short of the true proportion, above 0 and below 1/2
     * @throws IllegalArgumentException when an argument is out of its range
     */
    public static double upperBound(long successes, long trials, double alpha) {
        return Math.min(1, Math.nextUp(1 - lowerBound(trials - successes, trials, alpha)));
    }
}
