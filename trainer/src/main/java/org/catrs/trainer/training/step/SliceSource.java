// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.step;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.catrs.trainer.data.Augmentation;
import org.catrs.trainer.data.ImageOrder;
import org.catrs.trainer.data.TrainingImages;
import org.catrs.trainer.method.TrainingMethod;
import org.catrs.trainer.method.slice.NoisySlice;
import org.catrs.trainer.method.slice.TrainingStep;
import org.catrs.trainer.noise.RandomStreams;
import org.catrs.trainer.noise.RandomStreams.Purpose;
import org.catrs.trainer.training.recipe.TrainingRecipe;

/**
 * Fills slices with images and noises, which are functions of the seed, the step and the image's place in it. The slices
 * of a step are of one size, give or take an image.
 */
public final class SliceSource {
    private final TrainingRecipe recipe;
    private final TrainingMethod method;
    private final TrainingImages images;
    private final RandomStreams streams;
    private final ImageOrder order;

    public SliceSource(TrainingRecipe recipe, TrainingMethod method, TrainingImages images) {
        this.recipe = recipe;
        this.method = method;
        this.images = images;
        this.streams = new RandomStreams(recipe.seed());
        this.order = new ImageOrder(images.size(), streams);
    }

    TrainingMethod method() {
        return method;
    }

    /** Number of slices of a step. */
    int slices() {
        int sliceImages = Math.max(1, recipe.slice() / method.noises());
        return (recipe.batch() + sliceImages - 1) / sliceImages;
    }

    /** Room for the largest slice. */
    NoisySlice newSlice() {
        int capacity = (recipe.batch() + slices() - 1) / slices();
        return new NoisySlice(capacity, method.noises(), images.imageSize(), recipe.sigma());
    }

    /**
     * Fills a slice.
     *
     * @param number how many slices of the training come before it
     */
    void fill(NoisySlice slice, long number) {
        long step = number / slices();
        long part = number % slices();
        int from = Math.toIntExact(part * recipe.batch() / slices());
        int to = Math.toIntExact((part + 1) * recipe.batch() / slices());
        int[] indices = order.indices(step * recipe.batch() + from, to - from);
        int[] labels = Arrays.stream(indices).map(images::label).toArray();
        TrainingStep whole = new TrainingStep((double) step * recipe.batch() / images.size(), recipe.batch());
        slice.begin(indices, labels, whole, streams.generator(Purpose.METHOD, step, from));
        FloatBuffer pixels = slice.imageBuffer();
        FloatBuffer noise = slice.noiseBuffer();
        for (int i = 0; i < indices.length; i++) {
            copyImage(pixels, indices[i], step, from + i);
            RandomGenerator random = streams.generator(Purpose.NOISE, step, from + i);
            for (int left = method.noises() * images.imageSize(); left > 0; left--) {
                noise.put((float) (recipe.sigma() * random.nextGaussian()));
            }
        }
    }

    private void copyImage(FloatBuffer pixels, int index, long step, int place) {
        if (recipe.augmentation().equals(Augmentation.NONE)) {
            images.copyTo(pixels, index);
        } else {
            images.copyTo(pixels, index, recipe.augmentation(), streams.generator(Purpose.AUGMENTATION, step, place));
        }
    }
}
