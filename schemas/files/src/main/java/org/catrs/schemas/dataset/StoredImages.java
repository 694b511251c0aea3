// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;

/** A data set held in memory as records of equal length: labels beside values. */
final class StoredImages implements Dataset {
    private final String name;
    private final ImageShape shape;
    private final List<String> classNames;
    private final byte[] values;
    private final byte[] labels;

    /**
     * Takes the arrays over; they must not be changed any more.
     *
     * @param values uint8, images one after another, each C x H x W
     * @param labels uint8, one for each image, below the number of classes
     */
    StoredImages(String name, ImageShape shape, List<String> classNames, byte[] values, byte[] labels) {
        if (values.length != (long) labels.length * shape.size()) {
            throw new IllegalArgumentException(
                    labels.length + " images of shape " + shape + " do not have " + values.length + " values");
        }
        this.name = name;
        this.shape = shape;
        this.classNames = List.copyOf(classNames);
        this.values = values;
        this.labels = labels;
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
        int start = Objects.checkIndex(index, labels.length) * shape.size();
        byte[] image = Arrays.copyOfRange(values, start, start + shape.size());
        return new LabelledImage(ImageTensor.of(shape, image), labels[index] & 0xFF);
    }
}
