// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.catrs.trainer.data.Augmentation;
import org.catrs.trainer.data.ImageOrder;
import org.catrs.trainer.data.TrainingImages;
import org.catrs.trainer.method.NoisySlice;
import org.catrs.trainer.method.TrainingMethod;
import org.catrs.trainer.method.TrainingStep;
import org.catrs.trainer.noise.RandomStreams;
import org.catrs.trainer.noise.RandomStreams.Purpose;

/**
 * Fills slices with images and noises, which are functions of the seed, the step and the image's place in it. The slices
 * of a step are of one size, give or take an image.
 */
final class SliceSource {
    private final TrainingPlan plan;
    private final TrainingMethod method;
    private final TrainingImages images;
    private final RandomStreams streams;
    private final ImageOrder order;

    SliceSource(TrainingPlan plan, TrainingMethod method, TrainingImages images) {
        this.plan = plan;
        this.method = method;
        this.images = images;
        this.streams = new RandomStreams(plan.seed());
        this.order = new ImageOrder(images.size(), streams);
    }

    TrainingMethod method() {
        return method;
    }

    /** Number of slices of a step. */
    int slices() {
        int sliceImages = Math.max(1, plan.slice() / method.noises());
        return (plan.batch() + sliceImages - 1) / sliceImages;
    }

    /** Room for the largest slice. */
    NoisySlice newSlice() {
        int capacity = (plan.batch() + slices() - 1) / slices();
        return new NoisySlice(capacity, method.noises(), images.imageSize(), plan.sigma());
    }

    /**
     * Fills a slice.
     *
     * @param number how many slices of the training come before it
     */
    void fill(NoisySlice slice, long number) {
        long step = number / slices();
        long part = number % slices();
        int from = Math.toIntExact(part * plan.batch() / slices());
        int to = Math.toIntExact((part + 1) * plan.batch() / slices());
        int[] indices = order.indices(step * plan.batch() + from, to - from);
        int[] labels = Arrays.stream(indices).map(images::label).toArray();
        TrainingStep whole = new TrainingStep((double) step * plan.batch() / images.size(), plan.batch());
        slice.begin(indices, labels, whole, streams.generator(Purpose.METHOD, step, from));
        FloatBuffer pixels = slice.imageBuffer();
        FloatBuffer noise = slice.noiseBuffer();
        for (int i = 0; i < indices.length; i++) {
            copyImage(pixels, indices[i], step, from + i);
            RandomGenerator random = streams.generator(Purpose.NOISE, step, from + i);
            for (int left = method.noises() * images.imageSize(); left > 0; left--) {
                noise.put((float) (plan.sigma() * random.nextGaussian()));
            }
        }
    }

    private void copyImage(FloatBuffer pixels, int index, long step, int place) {
        if (plan.augmentation().equals(Augmentation.NONE)) {
            images.copyTo(pixels, index);
        } else {
            images.copyTo(pixels, index, plan.augmentation(), streams.generator(Purpose.AUGMENTATION, step, place));
        }
    }
}
