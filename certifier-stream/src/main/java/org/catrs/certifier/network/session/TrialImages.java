// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.NoiseSampler;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;

/**
 * Images whose noisy copies a network is tried out on.
 *
 * @param images at least one, all of the network's shape
 * @param sigma standard deviation of the noise, in units of pixels scaled to [0, 1]
 */
public record TrialImages(List<ImageTensor> images, double sigma) {
    /** No more images are tried: with as many, a trial takes about as long as a certificate of a few hundred samples. */
    public static final int MOST = 4;

    private static final byte GREY = 127;

    /**
     * @throws IllegalArgumentException when there is no image
     * @throws org.catrs.schemas.InvalidDataException when sigma is outside the range of {@link NoiseKind#requireSigma}
     */
    public TrialImages {
        images = List.copyOf(images);
        if (images.isEmpty()) {
            throw new IllegalArgumentException("a trial needs an image");
        }
        NoiseKind.requireSigma(sigma);
    }

    /** A grey image under strong noise, for a network of whose images none is known. */
    public static TrialImages grey(ImageShape shape) {
        byte[] values = new byte[shape.size()];
        Arrays.fill(values, GREY);
        return new TrialImages(List.of(ImageTensor.of(shape, values)), 1);
    }

    /** As many as are tried, spread evenly over images that are known. */
    public static TrialImages among(List<ImageTensor> images, double sigma) {
        int count = Math.min(MOST, images.size());
        return new TrialImages(
                IntStream.range(0, count)
                        .mapToObj(i -> images.get(i * images.size() / count))
                        .toList(),
                sigma);
    }

    /** For each image a sampler of noisy copies, always the same ones. They serve one thread. */
    List<NoiseSampler> noise() {
        return IntStream.range(0, images.size())
                .mapToObj(
                        i -> NoiseSampler.of(NoiseKind.DISCRETE, sigma, images.get(i), new Seed(0, i), Phase.SELECTION))
                .toList();
    }
}
