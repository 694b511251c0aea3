// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.image;

import java.util.Arrays;

/** An image as a uint8 tensor, C x H x W, row-major within a channel. Immutable. */
public final class ImageTensor {
    private final ImageShape shape;
    private final byte[] values;

    private ImageTensor(ImageShape shape, byte[] values) {
        this.shape = shape;
        this.values = values;
    }

    /**
     * An image of the given values, which are copied.
     *
     * @param values uint8, C x H x W
     * @throws IllegalArgumentException when the number of values is not the shape's
     */
    public static ImageTensor of(ImageShape shape, byte[] values) {
        if (values.length != shape.size()) {
            throw new IllegalArgumentException(
                    "an image of shape " + shape + " has " + shape.size() + " values, found " + values.length);
        }
        return new ImageTensor(shape, values.clone());
    }

    public ImageShape shape() {
        return shape;
    }

    /** The value at a position of the flat tensor, 0 to 255. */
    public int value(int index) {
        return values[index] & 0xFF;
    }

    /** A copy of the values, uint8, C x H x W. */
    public byte[] toByteArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageTensor that && shape.equals(that.shape) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "ImageTensor[" + shape + "]";
    }
}
