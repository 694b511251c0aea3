// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import org.catrs.schemas.event.TrainingJob;

/** Begins the work at jobs. */
interface JobStarter {
    /**
     * Begins.
     *
     * @param partition number of the partition that the job is of
     */
    RunningJob start(TrainingJob job, int partition);
}
