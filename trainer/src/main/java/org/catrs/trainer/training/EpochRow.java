// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training;

import org.catrs.trainer.method.SliceLoss;

/**
 * One line of a training's log: an epoch, or what the last one has of it.
 *
 * @param epoch passes over the data that are done at its end
 * @param seconds that it took
 * @param learningRate of its last step
 * @param loss sums over the images of the epoch
 */
record EpochRow(double epoch, double seconds, double learningRate, SliceLoss loss) {}
