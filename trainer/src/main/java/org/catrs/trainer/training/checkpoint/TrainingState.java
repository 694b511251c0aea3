// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.checkpoint;

import java.util.ArrayList;
import java.util.List;
import org.catrs.trainer.method.slice.SliceLoss;

/**
 * Where a training stands: with the recipe and the data, all that decides how it goes on.
 *
 * @param step optimizer steps done
 * @param values the network's parameters, with running statistics, updated in place as the training goes on
 * @param velocity the momentum's memory of those that are trained, updated in place as the training goes on
 * @param average running average of the values, updated in place; the values themselves where none is taken
 * @param log the epochs done
 * @param unfinished what is done of the next one
 */
@SuppressWarnings("ArrayRecordComponent") // the arrays are the state, and never compared
public record TrainingState(
        long step, float[] values, float[] velocity, float[] average, List<EpochRow> log, EpochRow unfinished) {
    /** Copies the log. */
    public TrainingState {
        log = List.copyOf(log);
    }

    /**
     * Before the first step.
     *
     * @param trained how many of the values, from the first, are trained
     * @param averages whether an average is taken
     */
    public static TrainingState initial(float[] values, int trained, boolean averages) {
        float[] average = averages ? values.clone() : values;
        return new TrainingState(0, values, new float[trained], average, List.of(), EpochRow.NONE);
    }

    /** The same arrays, a step later. */
    public TrainingState after(double seconds, double waited, double learningRate, SliceLoss loss) {
        return new TrainingState(
                step + 1, values, velocity, average, log, unfinished.plus(seconds, waited, learningRate, loss));
    }

    /**
     * The same arrays, at the end of an epoch.
     *
     * @param epoch passes over the data that are done
     */
    public TrainingState epochDone(double epoch) {
        List<EpochRow> longer = new ArrayList<>(log);
        longer.add(unfinished.ending(epoch));
        return new TrainingState(step, values, velocity, average, longer, EpochRow.NONE);
    }
}
