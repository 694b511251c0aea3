// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method.slice;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * On how many of an image's noisy copies a network is right: p_hat of Algorithm 1.
 *
 * @param hits for each image, 0 to M
 * @param noises number of copies of each image, M
 */
@SuppressWarnings("ArrayRecordComponent") // short-lived, never compared
public record Confidence(int[] hits, int noises) {
    /**
     * Counts.
     *
     * @param logits float32 [images x M, classes], the copies of an image one after the other
     * @param labels class of each row
     */
    public static Confidence of(NDArray logits, long[] labels, int noises) {
        long[] largest = logits.argMax(1).toLongArray();
        int[] hits = new int[labels.length / noises];
        for (int row = 0; row < labels.length; row++) {
            hits[row / noises] += largest[row] == labels[row] ? 1 : 0;
        }
        return new Confidence(hits, noises);
    }

    /** p_hat of an image. */
    public double of(int image) {
        return (double) hits[image] / noises;
    }

    /** Sum of p_hat over the images. */
    double sum() {
        return (double) Arrays.stream(hits).sum() / noises;
    }

    /** The images with p_hat = 1, ascending. */
    public int[] certain() {
        return IntStream.range(0, hits.length)
                .filter(image -> hits[image] == noises)
                .toArray();
    }

    /** The images with p_hat below 1, ascending. */
    public int[] uncertain() {
        return IntStream.range(0, hits.length)
                .filter(image -> hits[image] < noises)
                .toArray();
    }

    /**
     * What the images' loss was, with this.
     *
     * @param base sum of the loss's part on images with plain noise
     * @param robust sum of the part that a method adds to it, with its weight
     */
    public SliceLoss with(double base, double robust) {
        return new SliceLoss(hits.length, base, robust, sum(), certain().length);
    }
}
