// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.data;

import java.util.List;
import java.util.SplittableRandom;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.dataset.LabelledImage;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;

/** A data set of some given images, all of one class. */
@SuppressWarnings("ArrayRecordComponent")
public record FewImages(ImageShape shape, byte[][] values) implements Dataset {
    /** Images of random pixels. */
    public static FewImages ofRandomPixels(ImageShape shape, int count) {
        SplittableRandom random = new SplittableRandom(4);
        byte[][] values = new byte[count][shape.size()];
        for (byte[] image : values) {
            random.nextBytes(image);
        }
        return new FewImages(shape, values);
    }

    @Override
    public String name() {
        return "few/train";
    }

    @Override
    public List<String> classNames() {
        return List.of("only");
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public LabelledImage get(int index) {
        return new LabelledImage(ImageTensor.of(shape, values[index]), 0);
    }
}
