// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.step;

import org.catrs.trainer.method.slice.SliceLoss;

/** What one slice of a step gave; its memory is used again at the next step. */
final class SliceResult {
    final float[] gradient;
    final float[] statistics;
    SliceLoss loss = SliceLoss.NONE;

    SliceResult(int trainedCount, int statisticsCount) {
        gradient = new float[trainedCount];
        statistics = new float[statisticsCount];
    }

    /** Adds another slice's loss and gradient, and its statistics in proportion to its images. */
    void add(SliceResult other) {
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] += other.gradient[i];
        }
        float share = (float) other.loss.images() / (loss.images() + other.loss.images());
        for (int i = 0; i < statistics.length; i++) {
            statistics[i] += share * (other.statistics[i] - statistics[i]);
        }
        loss = loss.plus(other.loss);
    }
}
