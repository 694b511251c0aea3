// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import org.catrs.certifier.noise.NoiseKind;

/**
 * What a certificate depends on beside the image and the model.
 *
 * @param sigma standard deviation of the noise in units of pixels scaled to [0, 1], above 0
 * @param alpha failure probability of a certificate, above 0 and below 1/2
 * @param n0 number of selection samples, at least 1
 * @param n number of estimation samples, at least 1
 */
public record SmoothingParameters(double sigma, double alpha, long n0, long n, NoiseKind noise) {
    /** Failure probability in the paper's protocol. */
    public static final double DEFAULT_ALPHA = 0.001;

    /** Selection samples in the paper's protocol. */
    public static final long DEFAULT_N0 = 100;

    /** Estimation samples in the paper's protocol. */
    public static final long DEFAULT_N = 100_000;

    /** @throws IllegalArgumentException when a parameter is out of its range */
    public SmoothingParameters {
        if (!(sigma > 0) || Double.isInfinite(sigma)) {
            throw new IllegalArgumentException("sigma must be above 0, found " + sigma);
        }
        if (!(alpha > 0 && alpha < 0.5)) {
            throw new IllegalArgumentException("alpha must be above 0 and below 0.5, found " + alpha);
        }
        if (n0 < 1 || n < 1) {
            throw new IllegalArgumentException("n0 and n must be at least 1, found " + n0 + " and " + n);
        }
    }
}
