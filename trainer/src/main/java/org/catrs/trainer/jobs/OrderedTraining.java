// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import org.catrs.schemas.dataset.Dataset;
import org.catrs.trainer.task.TrainingTask;

/**
 * What a job orders.
 *
 * @param task the model to train
 * @param heldOut images that it is not trained on, to watch the training by
 */
public record OrderedTraining(TrainingTask task, Dataset heldOut) {}
