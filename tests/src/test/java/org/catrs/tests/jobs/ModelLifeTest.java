// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.event.TrainingStatus.State;
import org.catrs.schemas.topic.Topics;
import org.catrs.tests.ForkPorts;
import org.catrs.tests.stream.CertifierProcess;
import org.catrs.tests.stream.CommittedRecords;
import org.catrs.tests.stream.ImageProducer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the order of a model to labels that are certified with it, though the trainer is killed in between. */
@Tag("faults")
final class ModelLifeTest {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String MODEL = "digits";
    private static final int IMAGES = 5;

    @Test
    void shouldCertifyWithTheModelThatAJobOrdered(@TempDir Path work) throws IOException, InterruptedException {
        TrainerSetup setup = new TrainerSetup(work);
        try (EmbeddedBroker broker = EmbeddedBroker.start(work.resolve("broker"), ForkPorts.free());
                JobTopics topics = new JobTopics(broker.bootstrapServers());
                CommittedRecords predicted =
                        new CommittedRecords(broker.bootstrapServers(), Topics.CERTIFIED_PREDICTIONS);
                CertifierProcess certifier = CertifierProcess.launch(
                        work,
                        broker.bootstrapServers(),
                        Map.of(
                                "default.model", MODEL,
                                "models.keys", setup.publicKey().toString(),
                                "models.locations", setup.folderStore().toString(),
                                "models.cache", work.resolve("cache").toString()))) {
            ModelRelease release = trainThoughKilled(setup, broker, topics);
            certifier.awaitReady();
            sendDigits(setup, broker);

            List<ConsumerRecord<String, byte[]>> answers =
                    predicted.pollUntil(LIMIT, records -> records.size() >= IMAGES);
            assertThat(answers).hasSize(IMAGES).allSatisfy(answer -> {
                JsonNode model = new ObjectMapper().readTree(answer.value()).path("model");
                assertThat(model.path("name").asText()).isEqualTo(MODEL);
                assertThat(model.path("version").asText()).isEqualTo(release.version());
                assertThat(model.path("sha256").asText()).isEqualTo(release.sha256());
            });
        }
    }

    /** Trains by two instances, of which the one that works is killed in the middle. */
    private static ModelRelease trainThoughKilled(TrainerSetup setup, EmbeddedBroker broker, JobTopics topics)
            throws IOException, InterruptedException {
        Map<String, String> settings = setup.settings(broker.bootstrapServers(), setup.folderStore());
        TrainerProcess killed = TrainerProcess.start(setup.work(), settings, Map.of());
        topics.order(JobTopics.job("job", MODEL, 8));
        topics.await("job", status -> status.epoch() != null && status.epoch() >= 2);
        killed.killForcibly();
        try (TrainerProcess second = TrainerProcess.start(setup.work(), settings, Map.of())) {
            String version = topics.await("job", State.SUCCEEDED).modelVersion();
            List<ModelRelease> releases = topics.releases(MODEL);
            assertThat(releases).as(second::log).hasSize(1);
            assertThat(releases.get(0).version()).isEqualTo(version);
            setup.requireWhole(releases.get(0));
            return releases.get(0);
        }
    }

    private static void sendDigits(TrainerSetup setup, EmbeddedBroker broker) throws IOException {
        try (ImageProducer producer = new ImageProducer(broker.bootstrapServers());
                Stream<Path> files = Files.walk(setup.data().resolve("test"))) {
            for (Path file :
                    files.filter(Files::isRegularFile).sorted().limit(IMAGES).toList()) {
                producer.sendPng(file.getFileName().toString(), Files.readAllBytes(file));
            }
            producer.flush();
        }
    }
}
