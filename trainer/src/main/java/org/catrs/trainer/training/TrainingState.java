// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a training stands: with the plan and the data, all that decides how it goes on.
 *
 * @param step optimiser steps done
 * @param values the network's parameters, updated in place as the training goes on
 * @param velocity the momentum's memory, updated in place as the training goes on
 * @param log the epochs done
 */
@SuppressWarnings("ArrayRecordComponent") // the arrays are the state, and never compared
record TrainingState(long step, float[] values, float[] velocity, List<EpochRow> log) {
    /** Copies the log. */
    TrainingState {
        log = List.copyOf(log);
    }

    /** Before the first step. */
    static TrainingState initial(float[] values) {
        return new TrainingState(0, values, new float[values.length], List.of());
    }

    /** The same arrays, an epoch later. */
    TrainingState after(long step, EpochRow row) {
        List<EpochRow> longer = new ArrayList<>(log);
        longer.add(row);
        return new TrainingState(step, values, velocity, longer);
    }
}
