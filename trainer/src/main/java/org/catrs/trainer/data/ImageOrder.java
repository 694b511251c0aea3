// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.data;

import java.util.random.RandomGenerator;
import org.catrs.trainer.noise.RandomStreams;
import org.catrs.trainer.noise.RandomStreams.Purpose;

/**
 * The order in which a training sees its images: one shuffle of all of them after the other, without end. A batch is the
 * next few of this sequence, so every batch is full, and a batch may reach over the end of an epoch. Safe for use by
 * several threads.
 */
public final class ImageOrder {
    private final int images;
    private final RandomStreams streams;
    private final int[] shuffled;
    private long shuffledEpoch = -1;

    /** @param images number of images in the data set, at least 1 */
    public ImageOrder(int images, RandomStreams streams) {
        this.images = images;
        this.streams = streams;
        this.shuffled = new int[images];
    }

    /**
     * Indices of the next images of the sequence.
     *
     * @param first how many come before them
     */
    public synchronized int[] indices(long first, int count) {
        int[] indices = new int[count];
        for (int i = 0; i < count; i++) {
            indices[i] = at(first + i);
        }
        return indices;
    }

    private int at(long position) {
        if (position / images != shuffledEpoch) {
            shuffle(position / images);
        }
        return shuffled[(int) (position % images)];
    }

    /** Fisher and Yates's shuffle. */
    private void shuffle(long epoch) {
        RandomGenerator random = streams.generator(Purpose.ORDER, epoch, 0);
        for (int i = 0; i < images; i++) {
            int j = random.nextInt(i + 1);
            shuffled[i] = shuffled[j];
            shuffled[j] = i;
        }
        shuffledEpoch = epoch;
    }
}
