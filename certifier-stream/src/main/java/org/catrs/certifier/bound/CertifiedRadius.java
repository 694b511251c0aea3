// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.bound;

import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** The certified radius of a lower bound of the top class's probability. */
public final class CertifiedRadius {
    private static final ContinuousDistribution NORMAL = NormalDistribution.of(0, 1);

    private static final double MARGIN = 1 - 0x1p-44;

    private CertifiedRadius() {}

    public static double of(double sigma, double lowerBound) {
        if (!(lowerBound > 0.5)) {
            return 0;
        }
        return sigma * NORMAL.inverseCumulativeProbability(lowerBound) * MARGIN;
    }
}
