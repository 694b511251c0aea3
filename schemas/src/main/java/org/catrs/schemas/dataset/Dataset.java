// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import java.util.List;
import org.catrs.schemas.image.ImageShape;

/** Labelled images of one shape, in a fixed order. Safe for use by several threads. */
public interface Dataset {
    /** Name of the data set and its split, such as {@code mnist/test}. */
    String name();

    /** The shape that all images have. */
    ImageShape shape();

    /** Names of the classes, in the order of their labels. */
    List<String> classNames();

    /** Number of images. */
    int size();

    /**
     * One image.
     *
     * @param index from 0 to {@link #size()} - 1
     * @throws IndexOutOfBoundsException for any other index
     * @throws org.catrs.schemas.InvalidDataException when the image cannot be read
     */
    LabelledImage get(int index);

    /** SHA-256, in lower-case hex, of all images and labels in their order; identifies the data that a model has seen. */
    String sha256();
}
