// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates.shift;

import org.catrs.certifier.smoothing.bound.ClopperPearson;
import org.catrs.certifier.smoothing.bound.MixtureBound;

/**
 * Where a share may lie without a shift that matters.
 *
 * @param share what is compared
 * @param baseline the share in the baseline
 * @param low the lower bound of the true share, less the smallest shift that matters; no shift downwards is told where it
 *     is not above 0
 * @param high the upper bound of the true share, and the smallest shift that matters; no shift upwards is told where it is
 *     not below 1
 */
record ShareLimits(Share share, double baseline, double low, double high) {
    /**
     * The limits of a share that a baseline bounds.
     *
     * @param trials answers of the baseline among which the share is one
     * @param alpha probability that one of the two bounds is wrong
     * @param smallest smallest shift of the share that matters
     */
    static ShareLimits of(Share share, Baseline baseline, long trials, double alpha, double smallest) {
        long successes = share.in(baseline);
        return new ShareLimits(
                share,
                (double) successes / trials,
                ClopperPearson.lowerBound(successes, trials, alpha / 2) - smallest,
                ClopperPearson.upperBound(successes, trials, alpha / 2) + smallest);
    }

    /**
     * Whether answers show that the share is outside its limits: at whatever number of answers one looks, and however
     * often, with the given probability to be wrong on one of the two sides.
     *
     * @param successes answers that belong to the share
     * @param trials answers among which it is one
     */
    boolean areLeftBy(long successes, long trials, double alpha) {
        return shows(high, successes, trials, alpha / 2) || shows(1 - low, trials - successes, trials, alpha / 2);
    }

    /**
     * Whether the lower bound of a proportion exceeds a limit. The mixture of likelihood ratios that bounds it is no
     * greater than the greatest of them, so that most answers need no bound.
     */
    private static boolean shows(double limit, long successes, long trials, double alpha) {
        double found = (double) successes / trials;
        return limit < 1
                && found > limit
                && trials * divergence(found, limit) >= -Math.log(alpha)
                && MixtureBound.lowerBound(successes, trials, alpha) > limit;
    }

    /** The Kullback-Leibler divergence of one coin from another; {@code p} above {@code q}, which is above 0. */
    private static double divergence(double p, double q) {
        double ofFailures = p < 1 ? (1 - p) * Math.log((1 - p) / (1 - q)) : 0;
        return p * Math.log(p / q) + ofFailures;
    }
}
