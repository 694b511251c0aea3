// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import org.catrs.schemas.event.ModelRelease;

/** How the work at a job ended. */
sealed interface JobResult {
    /** The model is trained, signed and in the store. */
    record Trained(ModelRelease release) implements JobResult {}

    /** The job cannot be done by anybody. */
    record Failed(String reason) implements JobResult {}

    /** The work was ended between two steps, because somebody asked for it. */
    record Ended() implements JobResult {}
}
