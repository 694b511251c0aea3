// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import java.nio.ByteBuffer;
import org.catrs.schemas.image.ImageEncoding;
import org.catrs.schemas.image.RawTensor;

/** The images of a data set with their labels, as raw tensors; the key is the data set's name and the index. */
public record DatasetImages(Dataset dataset) implements ImageSource {
    @Override
    public int size() {
        return dataset.size();
    }

    @Override
    public OutgoingImage get(int index) {
        LabelledImage image = dataset.get(index);
        return new OutgoingImage(
                dataset.name() + "/" + index,
                ByteBuffer.wrap(RawTensor.encode(image.image())),
                ImageEncoding.TENSOR,
                image.label());
    }
}
