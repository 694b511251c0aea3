// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.summary;

/**
 * What holds for many certificates together. Each is wrong with probability at most alpha, so that of many some are to be
 * expected to be.
 *
 * @param images number of images, M
 * @param alpha failure probability of each certificate, above 0 and below 1
 */
public record StreamStatistics(int images, double alpha) {
    /** Probability that {@link #correction()} is enough. */
    public static final double CONFIDENCE = 0.999;

    /** The expected number of wrong certificates is at most this: alpha M. */
    public double wrongExpected() {
        return alpha * images;
    }

    /**
     * What is to be taken off a certified accuracy, so that the rest is at most the accuracy of the smoothed classifier on
     * these images with probability {@value #CONFIDENCE}: alpha + sqrt(alpha (1 - alpha) ln(1/rho) / M) + ln(1/rho) / (3 M)
     * with rho = 1 - {@value #CONFIDENCE}. Bernstein's inequality for the number of wrong certificates; Cohen et al. 2019
     * report the same correction with their code.
     */
    public double correction() {
        double logInverse = -Math.log(1 - CONFIDENCE);
        return alpha + Math.sqrt(alpha * (1 - alpha) * logInverse / images) + logInverse / (3.0 * images);
    }
}
