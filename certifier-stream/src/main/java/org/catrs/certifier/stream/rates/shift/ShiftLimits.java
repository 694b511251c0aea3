// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates.shift;

/**
 * What counts as a shift, and how sure one must be.
 *
 * @param alpha probability, over the whole life of a baseline, that a shift is told where no share moved by more than the
 *     smallest shift that matters; above 0 and below 1/2
 * @param smallest smallest shift of a share that matters; at least 0 and below 1
 */
public record ShiftLimits(double alpha, double smallest) {
    /** @throws IllegalArgumentException when a value is outside its range */
    public ShiftLimits {
        if (!(alpha > 0 && alpha < 0.5) || !(smallest >= 0 && smallest < 1)) {
            throw new IllegalArgumentException("alpha lies between 0 and 0.5, and the smallest shift in [0, 1), found "
                    + alpha + " and " + smallest);
        }
    }
}
