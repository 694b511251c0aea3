// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.noise;

import org.catrs.schemas.image.ImageTensor;

/** Discrete noise that draws nothing for half of all pixels, where the real one does for one in 10^15. */
public final class FailingNoise {
    private FailingNoise() {}

    /** A sampler of noisy copies of an image. */
    public static NoiseSampler of(ImageTensor image) {
        long[] masses = new long[511];
        masses[0] = 1L << 59;
        return new DiscreteNoiseSampler(
                new DiscreteGaussian(1, masses), image, new Keystream(new Seed(1, 2), Phase.ESTIMATION));
    }
}
