// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import org.catrs.schemas.InvalidDataException;

/** Images to be sent, in a fixed order; each is read when it is asked for. */
public sealed interface ImageSource permits DatasetImages, FolderImages {
    /** Number of images. */
    int size();

    /**
     * One image.
     *
     * @param index from 0 to {@link #size()} - 1
     * @throws InvalidDataException when it cannot be read
     */
    OutgoingImage get(int index);
}
