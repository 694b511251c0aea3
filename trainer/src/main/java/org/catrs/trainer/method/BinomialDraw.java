// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import java.util.random.RandomGenerator;

/** Draws from binomial distributions. */
@FunctionalInterface
interface BinomialDraw {
    /** Counts the trials that succeed. */
    BinomialDraw OF_UNIFORMS = (trials, probability, random) -> {
        int successes = 0;
        for (int trial = 0; trial < trials; trial++) {
            successes += random.nextDouble() < probability ? 1 : 0;
        }
        return successes;
    };

    /** A draw from Bin(trials, probability). */
    int draw(int trials, double probability, RandomGenerator random);
}
