// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.data;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.dataset.LabelledImage;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;

/** A data set with all its images in memory, uint8. */
public final class TrainingImages implements Dataset {
    private static final int BYTES_AROUND_AN_ARRAY = 24;
    private static final double GIBIBYTE = 1 << 30;

    private final byte[][] pixels;
    private final int[] labels;
    private final ImageShape shape;
    private final String name;
    private final List<String> classNames;

    private TrainingImages(byte[][] pixels, int[] labels, Dataset dataset) {
        this.pixels = pixels;
        this.labels = labels;
        this.shape = dataset.shape();
        this.name = dataset.name();
        this.classNames = List.copyOf(dataset.classNames());
    }

    /**
     * Reads a data set into memory.
     *
     * @throws InvalidDataException when an image cannot be read, or they need more memory than there is
     */
    public static TrainingImages of(Dataset dataset) {
        requireMemory(dataset);
        byte[][] pixels = new byte[dataset.size()][];
        int[] labels = new int[dataset.size()];
        IntStream.range(0, labels.length).parallel().forEach(i -> {
            LabelledImage image = dataset.get(i);
            pixels[i] = image.image().toByteArray();
            labels[i] = image.label();
        });
        return new TrainingImages(pixels, labels, dataset);
    }

    private static void requireMemory(Dataset dataset) {
        double needed = (double) dataset.size() * (dataset.shape().size() + BYTES_AROUND_AN_ARRAY) / GIBIBYTE;
        double most = Runtime.getRuntime().maxMemory() / GIBIBYTE;
        if (needed > 0.8 * most) {
            throw new InvalidDataException(String.format(
                    "%s: %d images of %s need %.1f GiB of memory, and Java may take %.1f GiB; set the environment variable"
                            + " CATRS_HEAP to %.0fg or more, where the machine has that, or train on fewer or smaller"
                            + " images",
                    dataset.name(), dataset.size(), dataset.shape(), needed, most, Math.ceil(1.3 * needed)));
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public LabelledImage get(int index) {
        return new LabelledImage(ImageTensor.of(shape, pixels[index]), labels[index]);
    }

    /** Number of values of one image. */
    public int imageSize() {
        return shape.size();
    }

    /** Class of an image. */
    public int label(int index) {
        return labels[index];
    }

    /** Appends an image to a buffer, scaled to [0, 1]. */
    public void copyTo(FloatBuffer target, int index) {
        for (byte pixel : pixels[index]) {
            target.put((pixel & 0xFF) / 255f);
        }
    }

    /**
     * Appends a view of an image to a buffer, scaled to [0, 1].
     *
     * @param random what decides which view
     */
    public void copyTo(FloatBuffer target, int index, Augmentation augmentation, RandomGenerator random) {
        Augmentation.View view = augmentation.draw(random);
        for (int channel = 0; channel < shape.channels(); channel++) {
            for (int row = 0; row < shape.height(); row++) {
                copyRow(target, pixels[index], channel, row + view.down(), view);
            }
        }
    }

    private void copyRow(FloatBuffer target, byte[] image, int channel, int row, Augmentation.View view) {
        int width = shape.width();
        int start = (channel * shape.height() + row) * width;
        boolean inside = row >= 0 && row < shape.height();
        for (int column = 0; column < width; column++) {
            int from = (view.mirrored() ? width - 1 - column : column) + view.right();
            target.put(inside && from >= 0 && from < width ? (image[start + from] & 0xFF) / 255f : 0);
        }
    }

    /**
     * Mean and standard deviation of the pixels of each channel, over all images.
     *
     * @return for each channel, in units of pixels scaled to [0, 1]
     */
    public ChannelMoments moments() {
        int plane = shape.height() * shape.width();
        double[] mean = new double[shape.channels()];
        double[] deviation = new double[shape.channels()];
        for (int channel = 0; channel < mean.length; channel++) {
            long sum = 0;
            long squares = 0;
            for (byte[] image : pixels) {
                for (int i = channel * plane; i < (channel + 1) * plane; i++) {
                    long value = image[i] & 0xFF;
                    sum += value;
                    squares += value * value;
                }
            }
            double count = (double) plane * pixels.length;
            mean[channel] = sum / count / 255;
            deviation[channel] = Math.sqrt(squares / count / (255 * 255) - mean[channel] * mean[channel]);
        }
        return new ChannelMoments(mean, deviation);
    }
}
