// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.recipe;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.catrs.schemas.InvalidDataException;
import org.catrs.trainer.architecture.Normalization;
import org.catrs.trainer.data.ChannelMoments;
import org.catrs.trainer.data.TrainingImages;

/** Where the means and deviations of a network's first layer come from; a command line names it in lower case. */
public enum InputNormalization {
    /** Pixels as they are. */
    NONE {
        @Override
        public Normalization of(TrainingImages images) {
            return Normalization.NONE;
        }
    },
    /** Those of the papers on CIFAR-10. */
    CIFAR10 {
        @Override
        public Normalization of(TrainingImages images) {
            return Normalization.CIFAR10;
        }
    },
    /** Those of the papers on ImageNet. */
    IMAGENET {
        @Override
        public Normalization of(TrainingImages images) {
            return Normalization.IMAGENET;
        }
    },
    /** Those of the images that are trained on. */
    MEASURED {
        @Override
        public Normalization of(TrainingImages images) {
            ChannelMoments moments = images.moments();
            for (double deviation : moments.deviation()) {
                if (!(deviation > 0)) {
                    throw new InvalidDataException("all pixels of a channel are alike in all training images, so that"
                            + " there is nothing to normalise it by; train with --normalization none, or other images");
                }
            }
            return new Normalization(floats(moments.mean()), floats(moments.deviation()));
        }
    };

    /**
     * Means and deviations.
     *
     * @throws InvalidDataException when the images have none
     */
    public abstract Normalization of(TrainingImages images);

    private static List<Float> floats(double[] values) {
        return DoubleStream.of(values).mapToObj(value -> (float) value).toList();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
