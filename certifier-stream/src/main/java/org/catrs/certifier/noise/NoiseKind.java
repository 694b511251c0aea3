// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.noise;

import java.util.Locale;

/** The distribution that noise is drawn from; a command line names it in lower case. */
public enum NoiseKind {
    /** The exact discrete Gaussian on the 1/255 grid: the default, sound in floating point. */
    DISCRETE,
    /** Floating-point Gaussian noise, for comparison with the literature; not sound in floating point. */
    GAUSSIAN;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
