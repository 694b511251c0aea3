// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.data;

import java.util.random.RandomGenerator;
import org.catrs.trainer.option.OptionRange;

/**
 * How images are varied each time they are seen: turned, stretched and slanted, as LeCun et al., Gradient-Based Learning
 * Applied to Document Recognition (1998), vary their digits; shifted, as a random crop of the padded image does it; and
 * mirrored.
 *
 * @param warp most that each entry of the linear map differs from the identity's, in [0, 0.5]: 0.1 turns by up to 6
 *     degrees and stretches by up to 10%
 * @param cropPadding black pixels that are added on each side before the crop, at least 0
 * @param flip whether left and right change places in half of the cases
 */
public record Augmentation(double warp, int cropPadding, boolean flip) {
    /** Images as they are. */
    public static final Augmentation NONE = new Augmentation(0, 0, false);

    /** That of the papers on CIFAR-10. */
    public static final Augmentation CIFAR10 = new Augmentation(0, 4, true);

    /** @throws org.catrs.schemas.InvalidDataException when a value is out of its range */
    public Augmentation {
        OptionRange.require(warp >= 0 && warp <= 0.5, "--warp", "0 to 0.5", warp);
        OptionRange.require(cropPadding >= 0, "--crop-padding", "at least 0", cropPadding);
    }

    /**
     * Where one view of an image is taken from.
     *
     * @param down rows that it is below the image
     * @param right columns that it is to the right of the image
     * @param mirrored whether left and right then change places
     * @param warp what is done to the image before all this
     */
    record View(int down, int right, boolean mirrored, Warp warp) {}

    View draw(RandomGenerator random) {
        int places = 2 * cropPadding + 1;
        return new View(
                random.nextInt(places) - cropPadding,
                random.nextInt(places) - cropPadding,
                flip && random.nextBoolean(),
                Warp.draw(warp, random));
    }
}
