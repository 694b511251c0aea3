// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.noise;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.catrs.schemas.image.ImageTensor;

/**
 * Adds the exact discrete Gaussian to an 8-bit image, in integers.
 *
 * <p>Of a sample's keystream, the first two bytes of each of the d pixels are the top 16 bits of the pixel's u; then, for
 * each pixel in order whose top bits do not settle its noise, six bytes hold the low 44 bits of u (their top 4 bits are
 * not used). All are big-endian. A noisy pixel is the float nearest to k/255, where k is the image's value plus the
 * noise, clipped to [-255 K, 255 (K+1)].
 */
final class DiscreteNoiseSampler implements GridNoiseSampler {
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final long LOW_MASK = (1L << DiscreteGaussian.LOW_BITS) - 1;

    private final DiscreteGaussian noise;
    private final Keystream keystream;
    private final short[] guide;
    /** Position of each pixel's value plus noise 0 in the levels. */
    private final int[] centres;

    private final float[] levels;
    private final short[] steps;

    private final byte[] high;
    private final int[] unsettled;
    private byte[] low = new byte[0];

    DiscreteNoiseSampler(DiscreteGaussian noise, ImageTensor image, Keystream keystream) {
        this.noise = noise;
        this.keystream = keystream;
        this.guide = noise.guide();
        int size = image.shape().size();
        this.centres = new int[size];
        for (int i = 0; i < size; i++) {
            centres[i] = image.value(i) + noise.limit();
        }
        this.steps = noise.steps();
        this.levels = noise.levels();
        this.high = new byte[Math.multiplyExact(2, size)];
        this.unsettled = new int[size];
    }

    @Override
    public boolean draw(long index, float[] target, int offset) {
        keystream.seek(index);
        keystream.read(high, high.length);
        return settle(drawSettled(target, offset), (i, position) -> target[offset + i] = levels[position]);
    }

    @Override
    public boolean drawSteps(long index, short[] target, int offset) {
        keystream.seek(index);
        keystream.read(high, high.length);
        return settle(drawSettled(target, offset), (i, position) -> target[offset + i] = steps[position]);
    }

    /** Draws all pixels, wrongly where the guide does not settle the noise; returns how many those are. */
    private int drawSettled(float[] target, int offset) {
        // Fields are copied, because the compiler would load them again after each store.
        byte[] words = high;
        short[] noises = guide;
        int[] positions = centres;
        float[] floats = levels;
        int none = noise.none();
        int count = 0;
        for (int i = 0; i < positions.length; i++) {
            int step = noises[word(words, 2 * i)];
            target[offset + i] = floats[positions[i] + step];
            if (step == none) {
                unsettled[count++] = i;
            }
        }
        return count;
    }

    /** The same loop for steps: one for both would cost an indirection at each pixel. */
    private int drawSettled(short[] target, int offset) {
        byte[] words = high;
        short[] noises = guide;
        int[] positions = centres;
        short[] sums = steps;
        int none = noise.none();
        int count = 0;
        for (int i = 0; i < positions.length; i++) {
            int step = noises[word(words, 2 * i)];
            target[offset + i] = sums[positions[i] + step];
            if (step == none) {
                unsettled[count++] = i;
            }
        }
        return count;
    }

    private boolean settle(int count, Target target) {
        if (low.length < 6 * count) {
            low = new byte[6 * count];
        }
        keystream.read(low, 6 * count);
        boolean complete = true;
        for (int j = 0; j < count; j++) {
            int i = unsettled[j];
            long top = word(high, 2 * i);
            int step = noise.value(top << DiscreteGaussian.LOW_BITS | lowBits(6 * j));
            complete &= step != noise.none();
            target.set(i, centres[i] + step);
        }
        return complete;
    }

    /** Where a pixel's position in the levels goes. */
    private interface Target {
        void set(int pixel, int position);
    }

    private long lowBits(int at) {
        long bits = (long) word(low, at) << 32 | (long) word(low, at + 2) << 16 | word(low, at + 4);
        return bits & LOW_MASK;
    }

    private static int word(byte[] bytes, int at) {
        return (short) SHORTS.get(bytes, at) & 0xFFFF;
    }
}
