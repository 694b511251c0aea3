// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.checkpoint;

import org.catrs.trainer.method.slice.SliceLoss;

/**
 * One line of a training's log: an epoch, or what there is of it.
 *
 * @param epoch passes over the data that are done at its end
 * @param seconds that it took, those before an interruption included
 * @param waited seconds of these that the threads that compute have waited for data, in the mean
 * @param learningRate of its last step
 * @param loss sums over the images of the epoch
 */
public record EpochRow(double epoch, double seconds, double waited, double learningRate, SliceLoss loss) {
    /** An epoch before its first step. */
    static final EpochRow NONE = new EpochRow(0, 0, 0, 0, SliceLoss.NONE);

    /** This epoch with one more step. */
    EpochRow plus(double seconds, double waited, double learningRate, SliceLoss loss) {
        return new EpochRow(epoch, this.seconds + seconds, this.waited + waited, learningRate, this.loss.plus(loss));
    }

    /** The same, with the passes over the data that are done at its end. */
    EpochRow ending(double epoch) {
        return new EpochRow(epoch, seconds, waited, learningRate, loss);
    }
}
