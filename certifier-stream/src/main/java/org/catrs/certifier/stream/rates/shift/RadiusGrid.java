// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates.shift;

/**
 * Radii as steps of sigma/16, up to 6 sigma: more than 10^9 samples, the most that are drawn, can show at alpha = 0.001.
 * What lies above belongs to the last step. Multiples of 1/16 are exact.
 */
final class RadiusGrid {
    static final int STEPS = 96;
    private static final double STEPS_PER_SIGMA = 16;

    private RadiusGrid() {}

    /** The step that a radius lies in: at its lower bound, or above. */
    static int step(double radius) {
        return (int) Math.min(STEPS - 1, Math.floor(radius * STEPS_PER_SIGMA));
    }

    /** The lower bound of a step, as a multiple of sigma. */
    static double from(int step) {
        return step / STEPS_PER_SIGMA;
    }
}
