// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;

/**
 * Some of the images that a model was trained on, to find the ranges of its values with when it is quantised. In a
 * model's folder they are the file {@value #FILE_NAME}: their values, uint8, one image after another, each
 * C x H x W, and nothing else.
 */
public final class CalibrationImages {
    /** Name of their file in a model's folder. */
    public static final String FILE_NAME = "calibration.bin";

    /** As many are kept, where there are so many. */
    public static final int MOST = 256;

    private final List<ImageTensor> images;

    private CalibrationImages(List<ImageTensor> images) {
        this.images = List.copyOf(images);
    }

    /** Images of a data set, spread evenly over it. */
    public static CalibrationImages of(Dataset dataset) {
        int count = Math.min(MOST, dataset.size());
        return new CalibrationImages(IntStream.range(0, count)
                .map(i -> (int) ((long) i * dataset.size() / count))
                .mapToObj(index -> dataset.get(index).image())
                .toList());
    }

    /**
     * Images that somebody chose.
     *
     * @param images at least one, of one shape
     */
    public static CalibrationImages of(List<ImageTensor> images) {
        return new CalibrationImages(images);
    }

    /**
     * Reads a file.
     *
     * @param shape of each image
     * @throws InvalidDataException when it cannot be read, or does not hold a whole number of images
     */
    public static CalibrationImages read(Path file, ImageShape shape) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw InvalidDataException.unreadable(file, e);
        }
        if (bytes.length == 0 || bytes.length % shape.size() != 0) {
            throw new InvalidDataException(file + ": has " + bytes.length + " bytes; needed are images of " + shape
                    + " (channels x height x width), " + shape.size() + " bytes each");
        }
        return new CalibrationImages(IntStream.range(0, bytes.length / shape.size())
                .map(i -> i * shape.size())
                .mapToObj(from -> ImageTensor.of(shape, Arrays.copyOfRange(bytes, from, from + shape.size())))
                .toList());
    }

    /** The images, at least one. */
    public List<ImageTensor> images() {
        return images;
    }

    /** What the file holds. */
    public byte[] toByteArray() {
        ByteBuffer bytes = ByteBuffer.allocate(
                Math.multiplyExact(images.size(), images.get(0).shape().size()));
        images.forEach(image -> bytes.put(image.toByteArray()));
        return bytes.array();
    }

    /** The file's hash. */
    public String sha256() {
        return Sha256.of(toByteArray());
    }
}
