// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import java.util.Optional;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.event.TrainingStatus.State;
import org.jspecify.annotations.Nullable;

/** How the work at a job ended. */
sealed interface JobResult {
    /** The state in which the job is for good; empty when it can be gone on with. */
    Optional<State> state();

    /** The model to be released; null when there is none. */
    default @Nullable ModelRelease release() {
        return null;
    }

    /** Why there is no model, for whoever ordered it; null when there is nothing to say. */
    default @Nullable String reason() {
        return null;
    }

    /** The model is trained, signed and in the store. */
    record Trained(ModelRelease release) implements JobResult {
        @Override
        public Optional<State> state() {
            return Optional.of(State.SUCCEEDED);
        }
    }

    /** The job cannot be done by anybody. */
    record Failed(String reason) implements JobResult {
        @Override
        public Optional<State> state() {
            return Optional.of(State.FAILED);
        }
    }

    /** The work was ended between two steps, because somebody asked for it. */
    record Ended() implements JobResult {
        @Override
        public Optional<State> state() {
            return Optional.empty();
        }
    }
}
