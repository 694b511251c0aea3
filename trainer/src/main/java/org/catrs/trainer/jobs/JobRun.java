// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.catrs.program.service.StopSignal;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.TrainingJob;
import org.catrs.schemas.event.TrainingStatus;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.data.TrainingImages;
import org.catrs.trainer.export.CertifiedAccuracyEstimate;
import org.catrs.trainer.jobs.JobControl.EndedException;
import org.catrs.trainer.task.TrainingTask;
import org.catrs.trainer.training.Training;
import org.catrs.trainer.training.checkpoint.TrainingFolder;
import org.catrs.trainer.training.recipe.TrainingRecipe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work at one job: trains from its last checkpoint, exports, uploads. Nothing of it stays on this machine. */
final class JobRun implements Callable<JobResult> {
    private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);

    private final TrainingJob job;
    private final JobWork work;
    private final JobControl control;
    private final JobFiles files;
    private final Consumer<TrainingStatus> reports;

    JobRun(TrainingJob job, JobWork work, JobControl control, Consumer<TrainingStatus> reports) {
        this.job = job;
        this.work = work;
        this.control = control;
        this.files = new JobFiles(work.store(), job);
        this.reports = reports;
    }

    /** Whatever goes wrong here is this job's alone: others may come after it that do not ask too much. */
    @Override
    public JobResult call() {
        work.meters().began(job);
        try {
            OrderedTraining ordered = work.orders().apply(job);
            return inFolder(folder -> train(ordered, folder));
        } catch (InvalidDataException e) {
            return new JobResult.Failed(String.valueOf(e.getMessage()));
        } catch (EndedException e) {
            return new JobResult.Ended();
        } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
            if (StopSignal.hasCome()) {
                LOG.info("the process ends under job {}; another instance goes on with it", job.id(), e);
                control.awaitEnd();
                return new JobResult.Ended();
            }
            LOG.error("job {} failed", job.id(), e);
            return new JobResult.Failed("the training failed: " + e);
        } finally {
            work.meters().stopped();
        }
    }

    private JobResult train(OrderedTraining ordered, Path path) throws EndedException {
        TrainingTask task = ordered.task();
        TrainingImages images = TrainingImages.of(task.dataset());
        TrainingFolder folder = TrainingFolder.open(path, false);
        boolean found = control.patiently(() -> files.fetchCheckpoints(path));
        int attempt = control.patiently(() -> files.countAttempt(path));
        if (attempt > work.maxAttempts()) {
            return new JobResult.Failed(work.maxAttempts() + " instances died at this job without a step forward; their"
                    + " machines' logs may say of what, and a smaller network or batch may help");
        }
        boolean resume = found && isUsable(task.training(images), folder, images.sha256());
        JobObserver observer = new JobObserver(work, control, files, path, watched(ordered, images));
        Optional<Parameters> parameters = task.run(images, folder, resume, observer);
        if (parameters.isEmpty()) {
            forgetAttempts();
            return new JobResult.Ended();
        }
        task.export(images).write(path, parameters.get(), images);
        ModelUpload upload = new ModelUpload(work.store(), work.key(), Clock.systemUTC());
        return new JobResult.Trained(control.patiently(() -> upload.upload(path)));
    }

    private WatchedTraining watched(OrderedTraining ordered, TrainingImages images) {
        TrainingRecipe recipe = ordered.task().recipe();
        CertifiedAccuracyEstimate estimate = new CertifiedAccuracyEstimate(
                recipe.network(images),
                ordered.heldOut(),
                work.estimateImages(),
                work.estimateSamples(),
                recipe.sigma(),
                recipe.seed());
        return new WatchedTraining(job.id(), ordered.task(), estimate, reports);
    }

    private boolean isUsable(Training training, TrainingFolder folder, String dataset) {
        if (!folder.hasCheckpoint()) {
            return true;
        }
        Optional<String> problem = training.problemOfCheckpoint(folder, dataset);
        problem.ifPresent(
                reason -> LOG.warn("job {} begins anew, because its checkpoint cannot be used: {}", job.id(), reason));
        return problem.isEmpty();
    }

    /** An instance that ends in order has not died. */
    private void forgetAttempts() {
        try {
            files.forgetAttempts();
        } catch (IOException e) {
            LOG.warn("the attempts at job {} could not be forgotten", job.id(), e);
        }
    }

    /** Deletes what the job has left in the store, once it is over. */
    void forget() {
        try {
            files.delete();
        } catch (IOException e) {
            LOG.warn("the checkpoint of job {}, which is over, could not be deleted", job.id(), e);
        }
    }

    private static JobResult inFolder(FolderWork work) throws EndedException {
        try (JobFolder folder = JobFolder.create(JobFolder.parent())) {
            return work.run(folder.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is done in a folder of its own. */
    private interface FolderWork {
        JobResult run(Path folder) throws EndedException;
    }
}
