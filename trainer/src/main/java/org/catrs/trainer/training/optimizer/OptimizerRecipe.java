// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.optimizer;

import org.catrs.program.option.OptionRange;
import org.catrs.schemas.InvalidDataException;

/**
 * How parameters are moved: the part of a recipe that an optimizer reads.
 *
 * @param kind how a gradient becomes a step
 * @param learningRate the schedule's highest learning rate, above 0
 * @param momentum in [0, 1)
 * @param nesterov whether the momentum looks ahead
 * @param weightDecay at least 0
 * @param average share of the training over which weights are averaged, in [0, 1]; 0 for those of the last step
 */
public record OptimizerRecipe(
        OptimizerKind kind,
        double learningRate,
        Schedule schedule,
        double momentum,
        boolean nesterov,
        double weightDecay,
        double average) {
    /** @throws InvalidDataException when a value is out of its range */
    public OptimizerRecipe {
        OptionRange.require(
                learningRate > 0 && learningRate < Double.POSITIVE_INFINITY,
                "--learning-rate",
                "above 0",
                learningRate);
        OptionRange.require(momentum >= 0 && momentum < 1, "--momentum", "at least 0 and below 1", momentum);
        OptionRange.require(
                weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY,
                "--weight-decay",
                "at least 0",
                weightDecay);
        OptionRange.require(average >= 0 && average <= 1, "--average", "0 to 1", average);
        OptionRange.require(!nesterov || momentum > 0, "--nesterov", "with a --momentum above 0", momentum);
    }

    /** Whether weights are averaged. */
    public boolean averages() {
        return average > 0;
    }

    /** The learning rate of a step, from 0, of a training of so many steps. */
    public double learningRate(long step, long steps) {
        return learningRate * schedule.factor((double) step / steps);
    }
}
