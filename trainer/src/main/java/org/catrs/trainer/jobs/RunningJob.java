// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.event.TrainingStatus;
import org.catrs.schemas.event.TrainingStatus.State;
import org.jspecify.annotations.Nullable;

/** A job that is worked at on another thread. To be used by the thread that started it. */
final class RunningJob {
    private final String id;
    private final int partition;
    private final JobControl control;
    private final Future<JobResult> result;
    private final Queue<TrainingStatus> reports;
    private final Runnable forget;
    private @Nullable TrainingStatus last;
    private boolean disowned;

    /**
     * A job that has begun.
     *
     * @param partition number of the partition that it is of
     * @param reports to which the work adds from its own thread
     * @param forget deletes what the job leaves in the store, once it is over
     */
    RunningJob(
            String id,
            int partition,
            JobControl control,
            Future<JobResult> result,
            Queue<TrainingStatus> reports,
            Runnable forget) {
        this.id = id;
        this.partition = partition;
        this.control = control;
        this.result = result;
        this.reports = reports;
        this.forget = forget;
    }

    String id() {
        return id;
    }

    int partition() {
        return partition;
    }

    JobControl control() {
        return control;
    }

    /** Ends the work, of which nobody shall hear any more. */
    void disown() {
        disowned = true;
        control.end(JobControl.Ending.HANDED_OVER);
    }

    boolean isDisowned() {
        return disowned;
    }

    boolean isDone() {
        return result.isDone();
    }

    /** Waits for the end of the work. */
    void await() {
        result();
    }

    /** What was reported since the last time. */
    List<TrainingStatus> takeReports() {
        List<TrainingStatus> taken = new ArrayList<>();
        for (TrainingStatus report = reports.poll(); report != null; report = reports.poll()) {
            taken.add(report);
            last = report;
        }
        return taken;
    }

    /** How the job ended; empty when another instance is to go on with it. */
    Optional<End> end() {
        JobResult ended = result();
        if (control.isCancelled()) {
            return Optional.of(new End(status(State.CANCELLED, null, "cancelled while it ran"), null, forget));
        }
        ModelRelease release = ended.release();
        String version = release == null ? null : release.version();
        return ended.state().map(state -> new End(status(state, version, ended.reason()), release, forget));
    }

    private JobResult result() {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the work at job " + id + " ended", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the work at job " + id + " failed", e.getCause());
        }
    }

    private TrainingStatus status(State state, @Nullable String version, @Nullable String reason) {
        return last == null
                ? new TrainingStatus(id, state, null, Map.of(), version, reason)
                : new TrainingStatus(id, state, last.epoch(), last.losses(), version, reason);
    }

    /**
     * How a job ended.
     *
     * @param release the model to be released with it; null when there is none
     * @param forget to be called once all of that is written
     */
    record End(TrainingStatus status, @Nullable ModelRelease release, Runnable forget) {}
}
