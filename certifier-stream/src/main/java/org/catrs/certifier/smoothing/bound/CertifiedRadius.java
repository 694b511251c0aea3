// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.bound;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The certified L2 radius, rounded down: sigma Phi^-1(p) for a lower bound p of the top class's probability. Cohen et
 * al. 2019, theorem 1, with 1 - p as the upper bound of every other class.
 */
public final class CertifiedRadius {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /**
     * Exceeds the relative errors of the library's quantile, at most 1e-15 between 0.5 and 1 against 40-digit arithmetic,
     * and of the product, 2^-53.
     */
    private static final double MARGIN = 0x1p-44;

    private CertifiedRadius() {}

    /**
     * The radius; 0 when the bound does not show a majority.
     *
     * @param sigma standard deviation of the noise, in units of pixels scaled to [0, 1]
     * @param lowerBound lower bound of the top class's probability, at least 0 and below 1
     * @return the radius in sigma's units
     * @throws IllegalArgumentException when the bound is out of its range
     */
    public static double of(double sigma, double lowerBound) {
        if (!(lowerBound >= 0 && lowerBound < 1)) {
            throw new IllegalArgumentException("a lower bound lies in [0, 1), found " + lowerBound);
        }
        if (lowerBound <= 0.5) {
            return 0;
        }
        double radius = sigma * NORMAL.inverseCumulativeProbability(lowerBound);
        return radius - radius * MARGIN;
    }
}
