// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method.slice;

/**
 * Losses and hits, summed over images.
 *
 * @param images number of images
 * @param base sum of the loss's part on images with plain noise
 * @param robust sum of the part that a method adds to it, with its weight; 0 for Gaussian training
 * @param correct sum of p_hat, the share of an image's noisy copies that is classified correctly
 * @param confident number of images with p_hat = 1
 */
public record SliceLoss(long images, double base, double robust, double correct, long confident) {
    /** The sums of nothing. */
    public static final SliceLoss NONE = new SliceLoss(0, 0, 0, 0, 0);

    /** These sums and others together. */
    public SliceLoss plus(SliceLoss other) {
        return new SliceLoss(
                images + other.images,
                base + other.base,
                robust + other.robust,
                correct + other.correct,
                confident + other.confident);
    }

    /** The loss that is minimised, per image. */
    public double meanLoss() {
        return (base + robust) / images;
    }

    /** Share of the noisy copies that is classified correctly. */
    public double accuracy() {
        return correct / images;
    }

    /** Share of the images with p_hat = 1. */
    public double confidentShare() {
        return (double) confident / images;
    }
}
