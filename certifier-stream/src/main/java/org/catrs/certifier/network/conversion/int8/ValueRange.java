// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

/**
 * The range that a value of a network takes, but for rare outliers.
 *
 * @param smallest finite
 * @param largest finite, at least the smallest
 */
public record ValueRange(float smallest, float largest) {
    /** @throws IllegalArgumentException when a bound is not finite, or the two are in the wrong order */
    public ValueRange {
        if (!(smallest <= largest && Float.isFinite(smallest) && Float.isFinite(largest))) {
            throw new IllegalArgumentException(
                    "a range needs two finite bounds in their order, found " + smallest + " and " + largest);
        }
    }
}
