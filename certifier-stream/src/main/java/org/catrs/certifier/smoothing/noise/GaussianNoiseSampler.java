// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.noise;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.catrs.schemas.image.ImageTensor;

/**
 * Adds floating-point Gaussian noise, as the literature does: each pixel is the float nearest to value/255 + sigma times
 * a standard normal that the JDK's {@link RandomGenerator#nextGaussian()} makes of the sample's keystream.
 */
final class GaussianNoiseSampler implements NoiseSampler {
    private final double sigma;
    private final double[] pixels;
    private final Keystream keystream;
    private final ByteBuffer bytes = ByteBuffer.allocate(1024);
    private final RandomGenerator random = this::nextLong;

    GaussianNoiseSampler(double sigma, ImageTensor image, Keystream keystream) {
        this.sigma = sigma;
        this.keystream = keystream;
        this.pixels = new double[image.shape().size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = image.value(i) / 255.0;
        }
    }

    @Override
    public boolean draw(long index, float[] target, int offset) {
        keystream.seek(index);
        bytes.position(bytes.limit());
        for (int i = 0; i < pixels.length; i++) {
            target[offset + i] = (float) (pixels[i] + sigma * random.nextGaussian());
        }
        return true;
    }

    private long nextLong() {
        if (!bytes.hasRemaining()) {
            keystream.read(bytes.array(), bytes.capacity());
            bytes.rewind();
        }
        return bytes.getLong();
    }
}
