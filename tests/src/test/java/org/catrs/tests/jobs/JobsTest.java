// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.robothy.s3.rest.LocalS3;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.event.TrainingJob;
import org.catrs.schemas.event.TrainingStatus;
import org.catrs.schemas.event.TrainingStatus.State;
import org.catrs.schemas.serde.EventFormat;
import org.catrs.tests.ForkPorts;
import org.catrs.tests.monitoring.DashboardPicture;
import org.catrs.tests.monitoring.Prometheus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of every kind, with a store in an S3 bucket. */
final class JobsTest {
    private static final String BUCKET = "models";

    /** Far longer than a test may take. */
    private static final int ENDLESS = 100_000;

    @TempDir
    private static Path work;

    private static LocalS3 s3;
    private static EmbeddedBroker broker;
    private static JobTopics topics;
    private static TrainerProcess trainer;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        s3 = LocalS3.builder().port(-1).build();
        s3.start();
        String endpoint = "http://127.0.0.1:" + s3.getPort();
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(endpoint + "/" + BUCKET))
                                .PUT(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
        broker = EmbeddedBroker.start(work.resolve("broker"), ForkPorts.free());
        topics = new JobTopics(broker.bootstrapServers());
        TrainerSetup setup = new TrainerSetup(work);
        trainer = TrainerProcess.start(
                work,
                setup.settings(broker.bootstrapServers(), URI.create("s3://" + BUCKET + "/trained/")),
                Map.of(
                        "AWS_ENDPOINT_URL_S3", endpoint,
                        "AWS_REGION", "eu-central-1",
                        "AWS_ACCESS_KEY_ID", "somebody",
                        "AWS_SECRET_ACCESS_KEY", "secret"));
    }

    @AfterAll
    static void stop() {
        trainer.close();
        topics.close();
        broker.close();
        s3.shutdown();
    }

    @Test
    void shouldTrainAndReleaseWhatAnAvroJobOrders() throws IOException, InterruptedException {
        topics.order(JobTopics.job("avro", "avro", 2), EventFormat.AVRO);

        String version = topics.await("avro", State.SUCCEEDED).modelVersion();

        assertThat(topics.statuses("avro"))
                .extracting(TrainingStatus::state)
                .containsExactly(State.QUEUED, State.RUNNING, State.RUNNING, State.RUNNING, State.SUCCEEDED);
        assertThat(topics.statuses("avro").get(3).losses()).containsOnlyKeys("total", "base", "robust");
        List<ModelRelease> releases = topics.releases("avro");
        assertThat(releases).hasSize(1);
        assertThat(releases.get(0).version()).isEqualTo(version);
        assertThat(releases.get(0).location()).isEqualTo("s3://models/trained/avro/" + version + "/");
        assertThat(trainer.metrics().sum("catrs_trainer_images_total")).isGreaterThanOrEqualTo(2 * 256);
        assertThat(trainer.get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldFailWhatIsNoJobOrCannotBeDoneAndGoOn() {
        TrainingJob possible = JobTopics.job("possible", "possible", 1);
        topics.sendText("malformed", "{\"id\": \"malformed\"}");
        topics.order(with(JobTopics.job("no-data", "m", 1), "cifar10", possible.hyperparameters()));
        topics.order(with(JobTopics.job("no-method", "m", 1), "folder", Map.of("method", "magic", "sigma", "1")));
        topics.order(with(JobTopics.job("no-sigma", "m", 1), "folder", Map.of("method", "gaussian")));
        topics.order(with(
                JobTopics.job("path", "m", 1), "folder", Map.of("method", "gaussian", "sigma", "1", "data", "/etc")));
        topics.order(JobTopics.job("bad-name", "../m", 1));
        topics.sendText("other-key", "{\"id\":\"x\",\"model\":\"m\",\"dataset\":\"digits\",\"hyperparameters\":{}}");
        topics.order(possible);

        assertThat(reason("malformed")).contains("field model is missing");
        assertThat(reason("no-data")).contains("airplane");
        assertThat(reason("no-method")).contains("magic", "gaussian");
        assertThat(reason("no-sigma")).contains("--sigma");
        assertThat(reason("path")).contains("data cannot be chosen");
        assertThat(reason("bad-name")).contains("../m");
        assertThat(reason("other-key")).contains("key must be the job's id");
        topics.await("possible", State.SUCCEEDED);
    }

    @Test
    void shouldStopCancelledJobsThatRunAndThatWait() throws IOException, InterruptedException {
        topics.order(JobTopics.job("running", "running", ENDLESS));
        topics.await("running", status -> status.epoch() != null && status.epoch() >= 1);
        assertPanelsShowSomething("training");
        for (int i = 0; i < 8; i++) {
            topics.order(JobTopics.job("waiting-" + i, "waiting", ENDLESS));
        }
        topics.await("waiting-7", State.QUEUED);
        for (int i = 0; i < 8; i++) {
            topics.cancel("waiting-" + i);
        }
        topics.cancel("running");

        assertThat(topics.await("running", State.CANCELLED).reason()).contains("while it ran");
        for (int i = 0; i < 8; i++) {
            topics.await("waiting-" + i, State.CANCELLED);
        }
        assertThat(topics.releases("running")).isEmpty();
        assertThat(topics.releases("waiting")).isEmpty();
        topics.order(JobTopics.job("after", "after", 1));
        topics.await("after", State.SUCCEEDED);
        assertPanelsShowSomething("training-idle");
    }

    private static void assertPanelsShowSomething(String picture) throws IOException, InterruptedException {
        if (Prometheus.isInstalled()) {
            try (Prometheus prometheus = Prometheus.start(work, Map.of("catrs-trainer", trainer.address()))) {
                prometheus.awaitAnswers("training");
                if (DashboardPicture.hindrance().isEmpty()) {
                    DashboardPicture.draw("training", prometheus, Duration.ofSeconds(5), work, picture);
                }
            }
        }
    }

    private static TrainingJob with(TrainingJob job, String dataset, Map<String, String> hyperparameters) {
        return new TrainingJob(job.id(), job.model(), dataset, null, hyperparameters);
    }

    private static String reason(String id) {
        return topics.await(id, State.FAILED).reason();
    }
}
