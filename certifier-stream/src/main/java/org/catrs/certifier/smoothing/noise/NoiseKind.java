// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.noise;

import java.util.Locale;
import org.catrs.schemas.InvalidDataException;

/** The distribution that noise is drawn from; a command line names it in lower case. */
public enum NoiseKind {
    /** The exact discrete Gaussian on the 1/255 grid: the default, sound in floating point. */
    DISCRETE,
    /** Floating-point Gaussian noise, for comparison with the literature; not sound in floating point. */
    GAUSSIAN;

    /** Smallest standard deviation that makes sense on the 1/255 grid. */
    public static final double SMALLEST_SIGMA = 0.01;

    /** Largest standard deviation that can be drawn. */
    public static final double LARGEST_SIGMA = 20;

    /**
     * Checks that noise of a standard deviation makes sense and can be drawn.
     *
     * @param sigma in units of pixels scaled to [0, 1]
     * @return sigma
     * @throws InvalidDataException when it lies outside [0.01, 20]
     */
    public static double requireSigma(double sigma) {
        if (!(sigma >= SMALLEST_SIGMA && sigma <= LARGEST_SIGMA)) {
            throw new InvalidDataException("sigma must lie in [" + SMALLEST_SIGMA + ", " + LARGEST_SIGMA + "], found "
                    + sigma + "; it is measured in pixels scaled to [0, 1]");
        }
        return sigma;
    }

    /**
     * Reads a name.
     *
     * @throws InvalidDataException when no noise has it
     */
    public static NoiseKind parse(String name) {
        try {
            return valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new InvalidDataException("'" + name + "' is no kind of noise", e);
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
