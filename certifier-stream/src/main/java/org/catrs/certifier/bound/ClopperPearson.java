// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.bound;

import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/** The one-sided Clopper-Pearson lower confidence bound of a binomial proportion, rounded down. */
public final class ClopperPearson {
    private ClopperPearson() {}

    public static double lowerBound(long successes, long trials, double alpha) {
        return BinomialConfidenceInterval.CLOPPER_PEARSON
                .fromErrorRate(Math.toIntExact(trials), Math.toIntExact(successes), 2 * alpha)
                .getLowerBound();
    }
}
