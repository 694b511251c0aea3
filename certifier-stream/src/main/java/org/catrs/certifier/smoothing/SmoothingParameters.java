// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import org.catrs.certifier.smoothing.bound.ClopperPearson;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.schemas.InvalidDataException;

/**
 * What a certificate depends on beside the image and the model.
 *
 * @param sigma standard deviation of the noise in units of pixels scaled to [0, 1], from 0.01 to 20
 * @param alpha failure probability of a certificate, from 10^-15, down to which the errors of the bounds were measured, to
 *     below 1/2
 * @param n0 number of selection samples, from 1 to 10^9
 * @param n number of estimation samples, of which an adaptive or a deadline plan may leave some undrawn, from 1 to 10^9
 */
public record SmoothingParameters(double sigma, double alpha, long n0, long n, NoiseKind noise) {
    /** Smallest failure probability for which the bounds' errors were measured. */
    public static final double LEAST_ALPHA = 1e-15;

    /** Failure probability in the paper's protocol. */
    public static final double DEFAULT_ALPHA = 0.001;

    /** Selection samples in the paper's protocol. */
    public static final long DEFAULT_N0 = 100;

    /** Estimation samples in the paper's protocol. */
    public static final long DEFAULT_N = 100_000;

    /** Most samples of a phase. */
    public static final long MOST_SAMPLES = ClopperPearson.MOST_TRIALS;

    /** @throws InvalidDataException when a parameter is out of its range */
    public SmoothingParameters {
        NoiseKind.requireSigma(sigma);
        if (!(alpha >= LEAST_ALPHA && alpha < 0.5)) {
            throw new InvalidDataException("alpha must be at least " + LEAST_ALPHA + " and below 0.5, found " + alpha);
        }
        requireSamples("n0", n0);
        requireSamples("n", n);
    }

    /** The same with another number of estimation samples. */
    public SmoothingParameters withN(long samples) {
        return new SmoothingParameters(sigma, alpha, n0, samples, noise);
    }

    private static void requireSamples(String name, long samples) {
        if (samples < 1 || samples > MOST_SAMPLES) {
            throw new InvalidDataException(name + " must lie in [1, " + MOST_SAMPLES + "], found " + samples);
        }
    }
}
