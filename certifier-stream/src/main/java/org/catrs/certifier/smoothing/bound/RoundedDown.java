// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.bound;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Writes a bound or a radius in decimals that never exceed it. */
public final class RoundedDown {
    private RoundedDown() {}

    /**
     * The largest decimal of the given number of places that does not exceed the value.
     *
     * @param value finite
     * @param places digits after the point, at least 0
     */
    public static String format(double value, int places) {
        return new BigDecimal(value).setScale(places, RoundingMode.FLOOR).toPlainString();
    }
}
