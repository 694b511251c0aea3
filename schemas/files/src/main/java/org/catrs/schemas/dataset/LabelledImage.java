// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import org.catrs.schemas.image.ImageTensor;

/**
 * An image with its true class.
 *
 * @param label index of the class, from 0
 */
public record LabelledImage(ImageTensor image, int label) {
    /** @throws IllegalArgumentException when the label is negative */
    public LabelledImage {
        if (label < 0) {
            throw new IllegalArgumentException("a label is at least 0, found " + label);
        }
    }
}
