// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method.loss;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * L_low of one image, eq. 7: the cross-entropies of its K+ easiest noises in full, those of the rest only as far as they
 * exceed -log p0.
 *
 * @param value the loss
 * @param weights its derivative by each noise's cross-entropy
 */
@SuppressWarnings("ArrayRecordComponent") // short-lived, never compared
record BottomLoss(double value, float[] weights) {
    /**
     * The loss of one image.
     *
     * @param losses cross-entropy for each noise
     * @param easiest K+ = max(1, K), the number of noises that count in full
     * @param logP0 log p0, at most 0
     */
    static BottomLoss of(float[] losses, int easiest, double logP0) {
        int noises = losses.length;
        int[] ascending = IntStream.range(0, noises)
                .boxed()
                .sorted(Comparator.comparingDouble(noise -> losses[noise]))
                .mapToInt(noise -> noise)
                .toArray();
        float[] weights = new float[noises];
        double sum = 0;
        for (int rank = 0; rank < noises; rank++) {
            int noise = ascending[rank];
            double loss = rank < easiest ? losses[noise] : losses[noise] + logP0;
            if (rank < easiest || loss > 0) {
                weights[noise] = 1f / noises;
                sum += loss;
            }
        }
        return new BottomLoss(sum / noises, weights);
    }
}
