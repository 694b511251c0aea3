// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.event.ModelStatus.State;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.topic.Topics;
import org.catrs.tests.ForkPorts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The certifier is killed, as {@code kill -9} does, while it replaces a model. */
@Tag("faults")
final class KillDuringSwapTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int IMAGES_EACH = 30;

    private final List<String> sent = new ArrayList<>();

    @Test
    void shouldServeTheReleaseAfterTheNextStartAndLoseNoImage(@TempDir Path work) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(work.resolve("broker"), ForkPorts.free());
                TestReleases releases = new TestReleases(work, broker.bootstrapServers());
                ImageProducer images = new ImageProducer(broker.bootstrapServers());
                ToldStatuses told = new ToldStatuses(broker.bootstrapServers());
                CommittedRecords predicted =
                        new CommittedRecords(broker.bootstrapServers(), Topics.CERTIFIED_PREDICTIONS);
                CommittedRecords rejected = new CommittedRecords(broker.bootstrapServers(), Topics.IMAGES_REJECTED)) {
            Map<String, String> settings = new TreeMap<>(releases.settings());
            settings.put("n", "50000");
            releases.send(releases.store(TestReleases.NAME, 2));

            CertifierProcess fetching = CertifierProcess.launch(work, broker.bootstrapServers(), settings);
            told.await(State.SERVED, TestReleases.NAME, 2);
            send(images);
            ModelRelease third = releases.store(TestReleases.NAME, 3);
            Path network = Path.of(URI.create(third.location())).resolve(ModelManifest.ONNX_FILE_NAME);
            byte[] content = Files.readAllBytes(network);
            makeEndless(network);
            releases.send(third);
            told.await(State.LOADING, TestReleases.NAME, 3);
            fetching.killForcibly();
            Files.delete(network);
            Files.write(network, content);

            CertifierProcess opening = CertifierProcess.launch(work, broker.bootstrapServers(), settings);
            told.await(State.SERVED, TestReleases.NAME, 3);
            send(images);
            releases.send(releases.store(TestReleases.NAME, 4));
            told.await(State.LOADING, TestReleases.NAME, 4);
            opening.killForcibly();

            try (CertifierProcess last = CertifierProcess.launch(work, broker.bootstrapServers(), settings)) {
                told.await(State.SERVED, TestReleases.NAME, 4);
                send(images);
                predicted.pollUntil(LIMIT, records -> records.size() >= sent.size());
                assertThat(last.log()).doesNotContain("ERROR");
            }
            assertThat(rejected.pollToEnd(LIMIT)).isEmpty();
            assertThat(predicted.pollToEnd(LIMIT))
                    .extracting(ConsumerRecord::key)
                    .containsExactlyInAnyOrderElementsOf(sent);
            assertThat(predicted.poll()).allSatisfy(KillDuringSwapTest::hasOneModel);
        }
    }

    private void send(ImageProducer images) {
        for (int image = 0; image < IMAGES_EACH; image++) {
            String key = "image-" + sent.size();
            images.sendPng(key, TestImages.png(230));
            sent.add(key);
        }
        images.flush();
    }

    /** A pipe into which nobody writes: whoever opens the file waits until it is killed. */
    private static void makeEndless(Path file) throws IOException, InterruptedException {
        Files.delete(file);
        int exit = new ProcessBuilder("mkfifo", file.toString()).start().waitFor();
        assertThat(exit).isZero();
    }

    private static void hasOneModel(ConsumerRecord<String, byte[]> answer) {
        try {
            JsonNode prediction = JSON.readTree(answer.value());
            int version =
                    Integer.parseInt(prediction.path("model").path("version").asText());
            assertThat(prediction.path("className").asText()).isEqualTo(version % 2 == 0 ? "bright" : "dark");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
