// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import org.catrs.schemas.Sha256;
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

    /**
     * SHA-256, in lower-case hex, of all images in their order, each as its label (4 bytes, big-endian) and its values
     * (uint8, C x H x W); identifies the data that a model has seen. Reads every image.
     *
     * @throws org.catrs.schemas.InvalidDataException when an image cannot be read
     */
    default String sha256() {
        MessageDigest digest = Sha256.digest();
        for (int index = 0; index < size(); index++) {
            LabelledImage labelled = get(index);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(labelled.label()).flip());
            digest.update(labelled.image().toByteArray());
        }
        return Sha256.hex(digest.digest());
    }
}
