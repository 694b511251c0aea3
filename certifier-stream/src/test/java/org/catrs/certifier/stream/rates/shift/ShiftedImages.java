// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates.shift;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.dataset.DatasetKind;
import org.catrs.schemas.dataset.Datasets;
import org.catrs.schemas.dataset.Split;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;

/** MNIST's test images, and what else may come in their place: 1 x 28 x 28, the same for the same number. */
final class ShiftedImages {
    private static final int SIDE = 28;
    private static final ImageShape SHAPE = new ImageShape(1, SIDE, SIDE);
    private static final int NOISE = 128;
    private static final int LONGEST_BLUR = 2;

    private final Dataset mnist;
    private final Dataset cifar;

    ShiftedImages(Path data) {
        mnist = Datasets.open(DatasetKind.MNIST, Split.TEST, data);
        cifar = Datasets.open(DatasetKind.FOLDER, Split.TEST, data.resolve("cifar10-jpeg.tar.gz"));
    }

    int trueLabel(int index) {
        return mnist.get(index).label();
    }

    /** @param index which of MNIST's test images to begin with, or which random numbers to draw */
    ImageTensor of(Shift shift, int index) {
        SplittableRandom random = new SplittableRandom(1L + index);
        int[] image = pixels(mnist.get(index).image());
        int[] shifted = new int[image.length];
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                int at = row * SIDE + column;
                shifted[at] = switch (shift) {
                    case CLEAN, SHUFFLED_PIXELS -> image[at];
                    case UNIFORM_NOISE -> random.nextInt(256);
                    case BLACK -> 0;
                    case GAUSSIAN_NOISE -> clip(image[at] + NOISE * random.nextGaussian());
                    case INVERTED -> 255 - image[at];
                    case ROTATED -> image[column * SIDE + SIDE - 1 - row];
                    case BLURRED -> mean(image, row, column);
                    case DIMMED -> image[at] / 4;
                    case GRAY_CIFAR -> gray(cifar.get(index % cifar.size()).image(), row, column);
                };
            }
        }
        if (shift == Shift.SHUFFLED_PIXELS) {
            shuffle(shifted, random);
        }
        byte[] values = new byte[shifted.length];
        for (int at = 0; at < values.length; at++) {
            values[at] = (byte) shifted[at];
        }
        return ImageTensor.of(SHAPE, values);
    }

    private static int[] pixels(ImageTensor image) {
        int[] values = new int[image.shape().size()];
        for (int at = 0; at < values.length; at++) {
            values[at] = image.value(at);
        }
        return values;
    }

    private static int clip(double value) {
        return (int) Math.max(0, Math.min(255, Math.round(value)));
    }

    private static int mean(int[] image, int row, int column) {
        int sum = 0;
        for (int y = row - LONGEST_BLUR; y <= row + LONGEST_BLUR; y++) {
            for (int x = column - LONGEST_BLUR; x <= column + LONGEST_BLUR; x++) {
                sum += y >= 0 && y < SIDE && x >= 0 && x < SIDE ? image[y * SIDE + x] : 0;
            }
        }
        return sum / ((2 * LONGEST_BLUR + 1) * (2 * LONGEST_BLUR + 1));
    }

    /** The middle of a colour image, by the weights of ITU-R BT.601. */
    private static int gray(ImageTensor image, int row, int column) {
        ImageShape shape = image.shape();
        int at = (row + (shape.height() - SIDE) / 2) * shape.width() + column + (shape.width() - SIDE) / 2;
        int plane = shape.height() * shape.width();
        return (299 * image.value(at) + 587 * image.value(at + plane) + 114 * image.value(at + 2 * plane)) / 1000;
    }

    private static void shuffle(int[] values, SplittableRandom random) {
        for (int last = values.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int value = values[last];
            values[last] = values[other];
            values[other] = value;
        }
    }

    /** What became of the images. */
    enum Shift {
        CLEAN("clean"),
        UNIFORM_NOISE("uniform noise"),
        BLACK("black"),
        GAUSSIAN_NOISE("Gaussian noise, 128 of 255"),
        INVERTED("inverted"),
        ROTATED("rotated by 90 degrees"),
        BLURRED("blurred, box of 5"),
        DIMMED("dimmed to a quarter"),
        GRAY_CIFAR("CIFAR-10 in gray"),
        SHUFFLED_PIXELS("shuffled pixels");

        private final String words;

        Shift(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }
}
