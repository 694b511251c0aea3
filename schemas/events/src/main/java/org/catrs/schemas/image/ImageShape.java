// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.image;

/**
 * The shape C x H x W of an image.
 *
 * @param channels number of colour planes, at least 1
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record ImageShape(int channels, int height, int width) {
    /** @throws IllegalArgumentException when a dimension is below 1 or the image has 2^31 values or more */
    public ImageShape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "image shape needs positive dimensions, found " + channels + " x " + height + " x " + width);
        }
        if ((long) channels * height * width > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "image shape " + channels + " x " + height + " x " + width + " has 2^31 values or more");
        }
    }

    /** Number of values, channels x height x width. */
    public int size() {
        return channels * height * width;
    }

    @Override
    public String toString() {
        return channels + "x" + height + "x" + width;
    }
}
