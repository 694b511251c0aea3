// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import org.catrs.schemas.event.TrainingJob;

/** What a record of the jobs' topic says. */
sealed interface JobRecord {
    /** Id of the job that it is about. */
    String id();

    /** An order. */
    record Order(TrainingJob job) implements JobRecord {
        @Override
        public String id() {
            return job.id();
        }
    }

    /** The end of an order: a record with the job's key and without a value. */
    record Cancellation(String id) implements JobRecord {}

    /**
     * Something else.
     *
     * @param reason what is wrong, for whoever sent it
     */
    record Malformed(String id, String reason) implements JobRecord {}
}
