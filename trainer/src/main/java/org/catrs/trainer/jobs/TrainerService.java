// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.catrs.console.Health;
import org.catrs.program.service.BrokerAccess;
import org.catrs.program.service.Brokers;
import org.catrs.program.service.Service;
import org.catrs.schemas.event.TrainingJob;
import org.catrs.schemas.event.TrainingStatus;
import org.catrs.schemas.signature.SigningKey;
import org.catrs.schemas.store.ModelStores;
import org.catrs.trainer.engine.TorchEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trainer as a running service: a worker that takes jobs, a thread that trains, a console. When it is closed, the job
 * at hand ends after its next step, with a checkpoint with which another instance goes on.
 */
public final class TrainerService extends Service {
    private static final Logger LOG = LoggerFactory.getLogger(TrainerService.class);

    private final TrainerConfig config;
    private final Function<TrainingJob, OrderedTraining> orders;
    private final TrainerClients clients;

    private volatile @Nullable JobWorker worker;

    private TrainerService(TrainerConfig config, Function<TrainingJob, OrderedTraining> orders) {
        this.config = config;
        this.orders = orders;
        this.clients = new TrainerClients(config);
    }

    /**
     * Starts the service; returns when it begins to take part in its group.
     *
     * @param orders says what a job orders; throws an {@link org.catrs.schemas.InvalidDataException} when that is
     *     impossible
     * @throws org.catrs.schemas.InvalidDataException when the signing key, the store, PyTorch, the brokers, the topics or
     *     the console's address cannot be used
     */
    public static TrainerService start(TrainerConfig config, Function<TrainingJob, OrderedTraining> orders) {
        TrainerService service = new TrainerService(config, orders);
        service.start("catrs trainer", config.http(), service.clients.unknownKeys());
        return service;
    }

    @Override
    protected void open(int port) {
        SigningKey key = SigningKey.read(config.signingKey());
        JobFolder.deleteLeftovers(JobFolder.parent());
        ModelStores stores = new ModelStores();
        parts().keep(stores);
        TrainerMeters meters = new TrainerMeters(meters(), this::waiting, this::running);
        JobWork work = new JobWork(
                orders,
                stores.at(config.store()),
                key,
                config.checkpointInterval(),
                config.maxAttempts(),
                config.estimateImages(),
                config.estimateSamples(),
                meters);
        TorchEngine.start();
        try (Brokers brokers = Brokers.connect(clients.admin())) {
            brokers.require(BrokerAccess.none()
                    .reading(config.jobsTopic())
                    .writing(config.statusTopic(), config.modelsTopic())
                    .joining(config.group())
                    .transacting(config.group()));
        }
        startWorker(work);
        LOG.atInfo()
                .addKeyValue("group", config.group())
                .addKeyValue("store", config.store())
                .addKeyValue("signingKey", key.keyId())
                .log("service started");
    }

    private void startWorker(JobWork work) {
        ExecutorService training = Executors.newSingleThreadExecutor(task -> new Thread(task, "training"));
        parts().keep(training::shutdown);
        EventRecords events = new EventRecords(config);
        JobWorker started = new JobWorker(
                config.jobsTopic(),
                clients.consumer(this::busyPartition),
                new JobRecordReader(config.jobs()),
                partition -> openPartition(partition, events, work),
                (job, partition) -> begin(job, partition, work, training));
        worker = started;
        Thread thread = new Thread(() -> run(started), "jobs");
        thread.start();
        parts().keep(() -> {
            started.stop();
            thread.join();
        });
    }

    private JobPartition openPartition(TopicPartition partition, EventRecords events, JobWork work) {
        JobPartition opened =
                new JobPartition(new JobLedger(partition, () -> clients.producer(partition)), events, work.meters());
        opened.takeOver();
        return opened;
    }

    private static RunningJob begin(TrainingJob job, int partition, JobWork work, ExecutorService training) {
        LOG.atInfo()
                .addKeyValue("job", job.id())
                .addKeyValue("model", job.model())
                .log("job begins");
        JobControl control = new JobControl();
        Queue<TrainingStatus> reports = new ConcurrentLinkedQueue<>();
        JobRun run = new JobRun(job, work, control, reports::add);
        return new RunningJob(job.id(), partition, control, training.submit(run), reports, run::forget);
    }

    private void run(JobWorker started) {
        try {
            started.run();
        } catch (RuntimeException | Error e) {
            LOG.error("an error stops the service; another instance goes on with the job at hand", e);
            parts().fail();
        }
    }

    private double waiting() {
        JobWorker started = worker;
        return started == null ? 0 : started.waiting();
    }

    private double running() {
        JobWorker started = worker;
        return started == null || started.job().isEmpty() ? 0 : 1;
    }

    private int busyPartition() {
        JobWorker started = worker;
        return started == null ? -1 : started.busyPartition();
    }

    @Override
    protected Health health() {
        JobWorker started = worker;
        if (started == null) {
            return new Health(true, false, "CREATED", "the service is being made ready");
        }
        return parts().hasEnded() ? new Health(false, false, "STOPPED", "stopped; the log says why") : started.health();
    }
}
