// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.bound;

/** What the bounds of a proportion take. */
final class Arguments {
    private Arguments() {}

    /** @throws IllegalArgumentException when an argument is out of its range */
    static void check(long successes, long trials, double alpha) {
        if (trials < 1 || trials > ClopperPearson.MOST_TRIALS || successes < 0 || successes > trials) {
            throw new IllegalArgumentException("a lower bound needs 1 to " + ClopperPearson.MOST_TRIALS
                    + " trials and no more successes, found " + successes + " of " + trials);
        }
        if (!(alpha > 0 && alpha < 0.5)) {
            throw new IllegalArgumentException("alpha must be above 0 and below 0.5, found " + alpha);
        }
    }
}
