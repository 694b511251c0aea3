// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import java.util.Map;
import java.util.Optional;
import org.catrs.schemas.event.TrainingJob;
import org.catrs.schemas.event.TrainingStatus;
import org.catrs.schemas.event.TrainingStatus.State;

/** What a record of the jobs' topic says. */
sealed interface JobRecord {
    /** Id of the job that it is about. */
    String id();

    /** What is reported when it is taken in; empty when nothing is. */
    Optional<TrainingStatus> report();

    /** An order. */
    record Order(TrainingJob job) implements JobRecord {
        @Override
        public String id() {
            return job.id();
        }

        @Override
        public Optional<TrainingStatus> report() {
            return Optional.of(new TrainingStatus(id(), State.QUEUED, null, Map.of(), null, null));
        }
    }

    /** The end of an order: a record with the job's key and without a value. */
    record Cancellation(String id) implements JobRecord {
        @Override
        public Optional<TrainingStatus> report() {
            return Optional.empty();
        }
    }

    /**
     * Something else.
     *
     * @param reason what is wrong, for whoever sent it
     */
    record Malformed(String id, String reason) implements JobRecord {
        @Override
        public Optional<TrainingStatus> report() {
            return Optional.of(new TrainingStatus(id, State.FAILED, null, Map.of(), null, reason));
        }
    }
}
