// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion;

import java.math.BigInteger;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.catrs.certifier.network.conversion.int8.ValueRange;
import org.catrs.schemas.InvalidDataException;

/** Evenly spaced numbers of a value that a network computes for many images, and the range of all but the rarest. */
final class ValueSamples {
    private static final int ENOUGH = 1 << 17;
    /** Share of the numbers that may lie beyond either end of the range. */
    private static final double TAIL = 1e-4;

    private final int images;
    private float[] kept = new float[0];
    private int count;
    private int stride;
    private int skip;

    /** @param images number of images that will be added */
    ValueSamples(int images) {
        this.images = images;
    }

    /** Adds the value's numbers for some images. */
    void add(FloatBuffer values, int added) {
        if (stride == 0) {
            long total = (long) values.limit() / added * images;
            // A prime stride meets every channel and every place, whatever their numbers.
            stride = total <= ENOUGH
                    ? 1
                    : BigInteger.valueOf(total / ENOUGH).nextProbablePrime().intValueExact();
            kept = new float[ENOUGH];
        }
        int at = skip;
        for (; at < values.limit(); at += stride) {
            if (count == kept.length) {
                kept = Arrays.copyOf(kept, 2 * count);
            }
            kept[count++] = values.get(at);
        }
        skip = at - values.limit();
    }

    /** @throws InvalidDataException when a number is not finite */
    ValueRange range(String name, String source) {
        float[] sorted = Arrays.copyOf(kept, count);
        Arrays.sort(sorted);
        int beyond = (int) (TAIL * count);
        float smallest = sorted[beyond];
        float largest = sorted[count - 1 - beyond];
        if (!Float.isFinite(sorted[0]) || !Float.isFinite(sorted[count - 1])) {
            throw new InvalidDataException(source + " gives '" + name + "' numbers from " + sorted[0] + " to "
                    + sorted[count - 1] + " on noisy images, for which there are no 8-bit codes");
        }
        return new ValueRange(smallest, largest);
    }
}
