// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.catrs.schemas.dataset.digits.DigitPainter;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;

/** Digits drawn by a {@link DigitPainter}; each is a function of seed, split and index alone. */
final class DrawnDigits implements Dataset {
    private static final ImageShape SHAPE = new ImageShape(1, DigitPainter.SIDE, DigitPainter.SIDE);

    private final long seed;
    private final Split split;
    private final int size;

    DrawnDigits(long seed, Split split, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("a data set needs at least one image, found " + size);
        }
        this.seed = seed;
        this.split = split;
        this.size = size;
    }

    @Override
    public String name() {
        return DatasetKind.DIGITS + "/" + split;
    }

    @Override
    public ImageShape shape() {
        return SHAPE;
    }

    @Override
    public List<String> classNames() {
        return Mnist.CLASS_NAMES;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public LabelledImage get(int index) {
        long position = 2L * Objects.checkIndex(index, size) + (split == Split.TRAIN ? 0 : 1);
        Random random = new Random(scramble(scramble(seed) + position));
        int digit = random.nextInt(DigitPainter.DIGITS);
        return new LabelledImage(ImageTensor.of(SHAPE, new DigitPainter(random).paint(digit)), digit);
    }

    /**
     * The finaliser of SplitMix64 (Steele, Lea, Flood 2014): neighbouring seeds of {@link Random}, whose algorithm is
     * fixed for all platforms, would begin alike.
     */
    private static long scramble(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
