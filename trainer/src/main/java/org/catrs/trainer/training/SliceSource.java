// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.catrs.trainer.data.TrainingImages;
import org.catrs.trainer.method.NoisySlice;
import org.catrs.trainer.method.Step;
import org.catrs.trainer.method.TrainingMethod;
import org.catrs.trainer.noise.RandomStreams;
import org.catrs.trainer.noise.RandomStreams.Purpose;

/**
 * Fills slices with images and noises, which are functions of the seed, the step and the image's place in it.
 *
 * @param sigma standard deviation of the noise
 */
record SliceSource(TrainingImages images, TrainingMethod method, double sigma, RandomStreams streams) {
    /** Room for the largest slice. */
    NoisySlice newSlice(int capacity) {
        return new NoisySlice(capacity, method.noises(), images.imageSize(), sigma);
    }

    /**
     * Fills a slice.
     *
     * @param batch indices of the step's images
     * @param from first place of the slice in the batch
     * @param to last place, exclusive
     */
    void fill(NoisySlice slice, long step, int[] batch, int from, int to) {
        int[] indices = Arrays.copyOfRange(batch, from, to);
        int[] labels = Arrays.stream(indices).map(images::label).toArray();
        Step part = new Step((double) step * batch.length / images.size(), batch.length);
        slice.begin(indices, labels, part, streams.generator(Purpose.METHOD, step, from));
        FloatBuffer pixels = slice.imageBuffer();
        FloatBuffer noise = slice.noiseBuffer();
        for (int place = from; place < to; place++) {
            images.copyTo(pixels, batch[place]);
            RandomGenerator random = streams.generator(Purpose.NOISE, step, place);
            for (int i = method.noises() * images.imageSize(); i > 0; i--) {
                noise.put((float) (sigma * random.nextGaussian()));
            }
        }
    }
}
