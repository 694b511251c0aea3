// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.cli;

import java.util.Objects;
import org.catrs.schemas.dataset.DatasetKind;
import org.catrs.trainer.data.Augmentation;
import org.catrs.trainer.training.recipe.InputNormalization;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of what happens to images before a network's first convolution; the defaults are the papers'. */
final class InputOptions {
    @Option(
            names = "--normalization",
            description = "Means and standard deviations of the network's first layer, which comes after the noise:"
                    + " ${COMPLETION-CANDIDATES} (default: cifar10 for that data set, measured on the training images of"
                    + " a folder, none for mnist and digits).",
            paramLabel = "KIND")
    private @Nullable InputNormalization normalization;

    @Option(
            names = "--crop-padding",
            description = "Shift images by up to so many pixels, with black beside them: a random crop of the padded"
                    + " image (default: 4 for cifar10, 0 for the others).",
            paramLabel = "PIXELS")
    private @Nullable Integer cropPadding;

    @Option(
            names = "--flip",
            negatable = true,
            description = "Mirror half of the images, left to right (default: for cifar10).")
    private @Nullable Boolean flip;

    boolean normalizationIsGiven() {
        return normalization != null;
    }

    InputNormalization normalization(DatasetKind data) {
        return normalization != null
                ? normalization
                : switch (data) {
                    case CIFAR10 -> InputNormalization.CIFAR10;
                    case FOLDER -> InputNormalization.MEASURED;
                    case MNIST, DIGITS -> InputNormalization.NONE;
                };
    }

    /** @throws org.catrs.schemas.InvalidDataException when an option is out of its range */
    Augmentation augmentation(DatasetKind data) {
        Augmentation usual = data == DatasetKind.CIFAR10 ? Augmentation.CIFAR10 : Augmentation.NONE;
        return new Augmentation(
                Objects.requireNonNullElse(cropPadding, usual.cropPadding()),
                Objects.requireNonNullElse(flip, usual.flip()));
    }
}
