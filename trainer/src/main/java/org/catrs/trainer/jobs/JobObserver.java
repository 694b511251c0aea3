// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.catrs.schemas.event.TrainingStatus;
import org.catrs.schemas.event.TrainingStatus.State;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.export.CertifiedAccuracyEstimate;
import org.catrs.trainer.method.slice.SliceLoss;
import org.catrs.trainer.training.TrainingCourse;
import org.catrs.trainer.training.TrainingObserver;
import org.catrs.trainer.training.checkpoint.EpochRow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports a job's training, brings its checkpoints to the store, and ends it between two steps when it is to end. */
final class JobObserver implements TrainingObserver {
    private static final Logger LOG = LoggerFactory.getLogger(JobObserver.class);

    private final JobControl control;
    private final JobFiles files;
    private final Path folder;
    private final Duration checkpointInterval;
    private final TrainerMeters meters;
    private final CertifiedAccuracyEstimate estimate;
    private final double sigma;
    private final int images;
    private final String id;
    private final Consumer<TrainingStatus> reports;
    private @Nullable Parameters parameters;
    private int batch;
    private long lastCheckpoint;
    private long lastStep;

    JobObserver(JobWork work, JobControl control, JobFiles files, Path folder, WatchedTraining job) {
        this.control = control;
        this.files = files;
        this.folder = folder;
        this.checkpointInterval = work.checkpointInterval();
        this.meters = work.meters();
        this.estimate = job.estimate();
        this.sigma = job.task().recipe().sigma();
        this.images = job.task().dataset().size();
        this.id = job.id();
        this.reports = job.reports();
    }

    @Override
    public void begin(long steps, TrainingCourse course) {
        parameters = course.parameters();
        batch = course.batch();
        lastCheckpoint = System.nanoTime();
        lastStep = System.nanoTime();
        reports.accept(new TrainingStatus(id, State.RUNNING, epochs(steps), Map.of(), null, null));
    }

    @Override
    public Wish wish() {
        if (control.isEnded()) {
            return Wish.STOP;
        }
        return System.nanoTime() - lastCheckpoint > checkpointInterval.toNanos() ? Wish.CHECKPOINT : Wish.GO_ON;
    }

    @Override
    public void step(long steps, SliceLoss loss) {
        long now = System.nanoTime();
        meters.step(epochs(steps), (now - lastStep) / 1e9, loss);
        lastStep = now;
    }

    @Override
    public void epoch(EpochRow row) {
        Map<String, Double> losses = new TreeMap<>();
        losses.put("total", row.loss().meanLoss());
        losses.put("base", row.loss().base() / row.loss().images());
        losses.put("robust", row.loss().robust() / row.loss().images());
        reports.accept(new TrainingStatus(id, State.RUNNING, row.epoch(), losses, null, null));
        meters.epoch(row);
        if (parameters != null && !control.isEnded()) {
            meters.certified(estimate.radii(parameters), sigma);
        }
        lastStep = System.nanoTime();
    }

    /** A store that cannot be reached does not stop a training: the next checkpoint will do. */
    @Override
    public void checkpoint() {
        if (control.isCancelled()) {
            return;
        }
        try {
            files.keepCheckpoints(folder);
        } catch (IOException e) {
            meters.checkpointFailed();
            LOG.warn("the checkpoint of job {} could not be brought to the store", id, e);
        }
        lastCheckpoint = System.nanoTime();
        lastStep = lastCheckpoint;
    }

    private double epochs(long steps) {
        return (double) steps * batch / images;
    }
}
