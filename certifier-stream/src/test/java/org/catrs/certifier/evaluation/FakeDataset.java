// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation;

import java.util.List;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.dataset.LabelledImage;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;

/** Images for {@link FakeClassifier}, all of class 1: certain, abstained and wrong in turn. */
record FakeDataset(String name, ImageShape shape, List<String> classNames, int size) implements Dataset {
    static FakeDataset ofSize(int size) {
        return new FakeDataset("fake/test", FakeClassifier.SHAPE, List.of("cat", "dog"), size);
    }

    @Override
    public LabelledImage get(int index) {
        byte[] values = switch (index % 3) {
            case 0 -> new byte[] {(byte) 255, 1};
            case 1 -> new byte[] {(byte) 135, 1};
            default -> new byte[] {(byte) 255, 0};
        };
        return new LabelledImage(ImageTensor.of(shape, values), 1);
    }
}
