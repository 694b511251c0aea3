// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training;

/**
 * A running average of a network's values over the last steps, exponentially weighted: Polyak averaging, as adversarial
 * training uses it in Gowal et al., Uncovering the Limits of Adversarial Training (2020). Its memory is a share of the
 * training, so that it shrinks with the number of epochs as the schedule does.
 */
final class WeightAverage {
    private final double memory;

    /**
     * An average.
     *
     * @param share of the training's steps over which weights fade to 1/e, in [0, 1]
     * @param steps of the whole training
     */
    WeightAverage(double share, long steps) {
        this.memory = share * steps;
    }

    /**
     * Takes the values after a step in. The average of the first steps, fewer than the memory has, is their mean.
     *
     * @param average of the steps before, updated
     * @param values after the step, parameters and running statistics alike
     * @param step steps done, from 1
     */
    void add(float[] average, float[] values, long step) {
        double rate = Math.max(1.0 / step, 1 / Math.max(1, memory));
        for (int i = 0; i < average.length; i++) {
            average[i] += (float) (rate * (values[i] - average[i]));
        }
    }
}
