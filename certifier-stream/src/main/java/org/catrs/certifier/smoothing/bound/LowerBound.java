// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.bound;

/** A lower confidence bound of a proportion. */
@FunctionalInterface
public interface LowerBound {
    /**
     * The bound, rounded down.
     *
     * @param successes from 0 to {@code trials}
     * @param alpha probability that the bound exceeds the true proportion
     */
    double of(long successes, long trials, double alpha);
}
