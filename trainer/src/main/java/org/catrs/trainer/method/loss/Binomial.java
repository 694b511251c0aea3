// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method.loss;

import java.util.random.RandomGenerator;

/** Draws from binomial distributions. */
final class Binomial {
    private Binomial() {}

    /** A draw from Bin(trials, probability): the successes among so many trials, each of which takes a uniform draw. */
    static int draw(int trials, double probability, RandomGenerator random) {
        int successes = 0;
        for (int trial = 0; trial < trials; trial++) {
            successes += random.nextDouble() < probability ? 1 : 0;
        }
        return successes;
    }
}
