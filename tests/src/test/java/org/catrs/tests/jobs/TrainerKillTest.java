// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.event.TrainingStatus;
import org.catrs.schemas.event.TrainingStatus.State;
import org.catrs.tests.ForkPorts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The trainer is killed at each point of a job, as {@code kill -9} does, and another instance goes on: the model is
 * released once, and is the one that a training without a kill gives.
 */
@Tag("faults")
final class TrainerKillTest {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final int EPOCHS = 6;

    @TempDir
    private static Path work;

    private static EmbeddedBroker broker;
    private static JobTopics topics;
    private static TrainerSetup setup;
    private static TrainerProcess trainer;
    private static String versionWithoutAKill;

    /** When the trainer is killed. */
    enum Point {
        WHILE_IT_TRAINS {
            @Override
            void reach(Debugger debugger, String job) {
                topics.await(job, status -> status.epoch() != null && status.epoch() >= 2);
            }
        },
        /** The network is in the store, its manifest is not. */
        WHILE_IT_UPLOADS {
            @Override
            void reach(Debugger debugger, String job) throws InterruptedException {
                stopAtTheEnd(debugger, job, "org.catrs.trainer.jobs.ModelUpload", "upload");
                debugger.goOnTo("org.catrs.schemas.file.UnfinishedFile", "force", LIMIT);
            }
        },
        BETWEEN_UPLOAD_AND_RELEASE {
            @Override
            void reach(Debugger debugger, String job) throws InterruptedException {
                stopAtTheEnd(debugger, job, "org.catrs.trainer.jobs.JobPartition", "finish");
            }
        },
        BETWEEN_RELEASE_AND_OFFSET {
            @Override
            void reach(Debugger debugger, String job) throws InterruptedException {
                BETWEEN_UPLOAD_AND_RELEASE.reach(debugger, job);
                debugger.goOnTo("org.apache.kafka.clients.producer.KafkaProducer", "sendOffsetsToTransaction", LIMIT);
                topics.awaitUncommittedRelease(job);
            }
        };

        abstract void reach(Debugger debugger, String job) throws InterruptedException;

        private static void stopAtTheEnd(Debugger debugger, String job, String className, String method)
                throws InterruptedException {
            topics.await(job, State.RUNNING);
            debugger.stopAt(className, method, LIMIT);
        }
    }

    @BeforeAll
    static void trainOnceWithoutAKill() throws IOException, InterruptedException {
        setup = new TrainerSetup(work);
        broker = EmbeddedBroker.start(work.resolve("broker"), ForkPorts.free());
        topics = new JobTopics(broker.bootstrapServers());
        trainer = start();
        topics.order(JobTopics.job("undisturbed", "undisturbed", EPOCHS));
        versionWithoutAKill = topics.await("undisturbed", State.SUCCEEDED).modelVersion();
    }

    @AfterAll
    static void stop() {
        trainer.close();
        topics.close();
        broker.close();
    }

    @ParameterizedTest
    @EnumSource(Point.class)
    void shouldReleaseOnceAndTheRightBytes(Point point) throws IOException, InterruptedException {
        Debugger debugger = trainer.debug();
        topics.order(JobTopics.job(point.name(), point.name(), EPOCHS));
        point.reach(debugger, point.name());
        trainer.killForcibly();
        assertThat(topics.releasesSoFar(point.name()))
                .as("releases before the takeover")
                .isEmpty();

        trainer = start();
        TrainingStatus done = topics.await(point.name(), State.SUCCEEDED);
        List<ModelRelease> releases = topics.releases(point.name());

        assertThat(done.modelVersion()).isEqualTo(versionWithoutAKill);
        assertThat(releases).extracting(ModelRelease::version).containsExactly(versionWithoutAKill);
        setup.requireWhole(releases.get(0));
        assertThat(topics.statuses(point.name()))
                .as("statuses after the last begin")
                .filteredOn(status ->
                        status.state() == State.RUNNING && status.losses().isEmpty())
                .last()
                .satisfies(status -> assertThat(status.epoch())
                        .as("epochs that the checkpoint held")
                        .isPositive());
        assertThat(trainer.metrics().sum("catrs_trainer_jobs_ended_total", "succeeded"))
                .isEqualTo(1);
    }

    private static TrainerProcess start() {
        return TrainerProcess.start(work, setup.settings(broker.bootstrapServers(), setup.folderStore()), Map.of());
    }
}
