// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.data;

import java.util.random.RandomGenerator;
import org.catrs.program.option.OptionRange;

/**
 * How images are varied each time they are seen: shifted, as a random crop of the padded image does it, and mirrored.
 *
 * @param cropPadding black pixels that are added on each side before the crop, at least 0
 * @param flip whether left and right change places in half of the cases
 */
public record Augmentation(int cropPadding, boolean flip) {
    /** Images as they are. */
    public static final Augmentation NONE = new Augmentation(0, false);

    /** That of the papers on CIFAR-10. */
    public static final Augmentation CIFAR10 = new Augmentation(4, true);

    /** @throws org.catrs.schemas.InvalidDataException when the padding is negative */
    public Augmentation {
        OptionRange.require(cropPadding >= 0, "--crop-padding", "at least 0", cropPadding);
    }

    /**
     * Where one view of an image is taken from.
     *
     * @param down rows that it is below the image
     * @param right columns that it is to the right of the image
     * @param mirrored whether left and right then change places
     */
    record View(int down, int right, boolean mirrored) {}

    View draw(RandomGenerator random) {
        int places = 2 * cropPadding + 1;
        return new View(
                random.nextInt(places) - cropPadding,
                random.nextInt(places) - cropPadding,
                flip && random.nextBoolean());
    }
}
