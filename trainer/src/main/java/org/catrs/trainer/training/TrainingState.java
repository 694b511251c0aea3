// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training;

import java.util.List;

/**
 * Where a training stands: with the plan and the data, all that decides how it goes on.
 *
 * @param step optimiser steps done
 * @param values the network's parameters, updated as the training goes on
 * @param velocity the momentum's memory, updated as the training goes on
 * @param log the epochs done
 */
@SuppressWarnings("ArrayRecordComponent") // the arrays are the state, and never compared
record TrainingState(long step, float[] values, float[] velocity, List<EpochRow> log) {}
