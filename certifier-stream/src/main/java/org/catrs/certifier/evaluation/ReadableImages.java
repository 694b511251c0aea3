// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.dataset.LabelledImage;

/**
 * Which images of a data set can be read.
 *
 * @param unreadable why an image cannot be read, by its index
 * @param sha256 of the data set, as {@link Dataset#sha256()} where all can be read; an unreadable one counts as the label
 *     -1 without values
 */
public record ReadableImages(SortedMap<Integer, String> unreadable, String sha256) {
    private static final int NO_LABEL = -1;

    public ReadableImages {
        unreadable = Collections.unmodifiableSortedMap(new TreeMap<>(unreadable));
    }

    /** Reads every image once. */
    public static ReadableImages of(Dataset dataset) {
        SortedMap<Integer, String> unreadable = new TreeMap<>();
        MessageDigest digest = Sha256.digest();
        for (int index = 0; index < dataset.size(); index++) {
            try {
                LabelledImage labelled = dataset.get(index);
                digest.update(bytes(labelled.label()));
                digest.update(labelled.image().toByteArray());
            } catch (InvalidDataException exception) {
                unreadable.put(index, String.valueOf(exception.getMessage()));
                digest.update(bytes(NO_LABEL));
            }
        }
        return new ReadableImages(unreadable, Sha256.hex(digest.digest()));
    }

    private static ByteBuffer bytes(int label) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(label).flip();
    }
}
