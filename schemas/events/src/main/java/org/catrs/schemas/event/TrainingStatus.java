// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a training job has come; the topic is compacted by job.
 *
 * @param id id of the job, also the key of the record
 * @param state what has become of the job
 * @param epoch passes over the data that are done; null before the first
 * @param losses mean losses of the last epoch by name
 * @param modelVersion version of the model that it released; null unless it succeeded
 * @param reason why it failed or was cancelled; null otherwise
 */
public record TrainingStatus(
        String id,
        State state,
        @Nullable Double epoch,
        Map<String, Double> losses,
        @Nullable String modelVersion,
        @Nullable String reason)
        implements Event {
    /** @throws IllegalArgumentException when a value does not fit the state */
    public TrainingStatus {
        Checks.checkFilled(id, "id");
        if (epoch != null) {
            Checks.checkAtLeast(0, epoch, "epoch");
        }
        losses = Map.copyOf(losses);
        Checks.check(
                losses.values().stream().allMatch(loss -> Math.abs(loss) < Double.POSITIVE_INFINITY),
                "losses are finite",
                losses);
        Checks.check(
                (modelVersion != null) == (state == State.SUCCEEDED),
                "a job has a model version when it succeeded",
                state + " and " + modelVersion);
        Checks.check(
                (reason != null) == (state == State.FAILED || state == State.CANCELLED),
                "a job has a reason when it failed or was cancelled",
                state + " and " + reason);
    }

    /** What has become of a job. */
    public enum State {
        QUEUED,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }
}
