// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.noise;

import org.catrs.schemas.image.ImageTensor;

/** A sampler whose copies lie on the 1/255 grid, so that integers hold them exactly. */
public sealed interface GridNoiseSampler extends NoiseSampler permits DiscreteNoiseSampler {
    /**
     * Writes the noisy copy of a number in steps of 1/255: divided by 255 as float32 and rounded to nearest, it is what
     * {@link #draw(long, float[], int)} writes, to the last bit.
     *
     * @param index number of the sample in its phase, from 0
     * @param target receives the copy, int16, C x H x W
     * @param offset where in the target the copy begins
     * @return whether the draw succeeded; a sample whose draw failed must vote for no class, and counts among the
     *     samples
     */
    boolean drawSteps(long index, short[] target, int offset);

    /**
     * A sampler of noisy copies of an image.
     *
     * @param sigma standard deviation of the noise in units of pixels scaled to [0, 1]
     * @throws org.catrs.schemas.InvalidDataException when sigma is outside the range of {@link NoiseKind#requireSigma}
     */
    static GridNoiseSampler of(double sigma, ImageTensor image, Seed seed, Phase phase) {
        NoiseKind.requireSigma(sigma);
        return new DiscreteNoiseSampler(DiscreteGaussian.of(sigma), image, new Keystream(seed, phase));
    }
}
