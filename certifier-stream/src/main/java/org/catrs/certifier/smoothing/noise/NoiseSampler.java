// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.noise;

import org.catrs.schemas.image.ImageTensor;

/**
 * Draws noisy copies of one image for one phase of a certificate. Copy {@code i} is a function of the image, the seed,
 * the phase and {@code i} alone, whatever the order of the calls. An instance serves one thread.
 */
public sealed interface NoiseSampler permits GridNoiseSampler, GaussianNoiseSampler {
    /**
     * Writes the noisy copy of a number.
     *
     * @param index number of the sample in its phase, from 0
     * @param target receives the copy, float32, C x H x W, in units of pixels scaled to [0, 1]; values lie outside
     *     [0, 1] too
     * @param offset where in the target the copy begins
     * @return whether the draw succeeded; a sample whose draw failed must vote for no class, and counts among the
     *     samples
     */
    boolean draw(long index, float[] target, int offset);

    /**
     * A sampler of noisy copies of an image.
     *
     * @param sigma standard deviation of the noise in units of pixels scaled to [0, 1]
     * @throws org.catrs.schemas.InvalidDataException when sigma is outside the range of {@link NoiseKind#requireSigma}
     */
    static NoiseSampler of(NoiseKind kind, double sigma, ImageTensor image, Seed seed, Phase phase) {
        NoiseKind.requireSigma(sigma);
        return switch (kind) {
            case DISCRETE -> new DiscreteNoiseSampler(DiscreteGaussian.of(sigma), image, new Keystream(seed, phase));
            case GAUSSIAN -> new GaussianNoiseSampler(sigma, image, new Keystream(seed, phase));
        };
    }
}
