// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import java.util.function.Consumer;
import org.catrs.schemas.event.TrainingStatus;
import org.catrs.trainer.export.CertifiedAccuracyEstimate;
import org.catrs.trainer.task.TrainingTask;

/**
 * A training of a job, and what watches it.
 *
 * @param id id of the job
 * @param task what it orders
 * @param estimate how well it goes
 * @param reports is told how far it has come
 */
record WatchedTraining(
        String id, TrainingTask task, CertifiedAccuracyEstimate estimate, Consumer<TrainingStatus> reports) {}
