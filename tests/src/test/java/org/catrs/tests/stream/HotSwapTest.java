// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.event.ModelStatus;
import org.catrs.schemas.topic.Topics;
import org.catrs.tests.ForkPorts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models are released, replaced and retired while a certifier runs. */
final class HotSwapTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldServeWhatIsReleasedAndNameItInEveryCertificate(@TempDir Path work) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(work.resolve("broker"), ForkPorts.free());
                TestReleases releases = new TestReleases(work, broker.bootstrapServers());
                ImageProducer images = new ImageProducer(broker.bootstrapServers());
                CommittedRecords predicted =
                        new CommittedRecords(broker.bootstrapServers(), Topics.CERTIFIED_PREDICTIONS);
                CommittedRecords rejected = new CommittedRecords(broker.bootstrapServers(), Topics.IMAGES_REJECTED);
                ToldStatuses told = new ToldStatuses(broker.bootstrapServers());
                CertifierProcess service =
                        CertifierProcess.launch(work, broker.bootstrapServers(), releases.settings())) {
            images.sendPng("before-the-first", TestImages.png(230));
            ModelRelease first = releases.store(TestReleases.NAME, 2);
            releases.send(first);
            service.awaitReady();
            predicted.pollUntil(LIMIT, records -> records.size() >= 1);

            ModelRelease second = releases.store(TestReleases.NAME, 3);
            releases.send(second);
            told.await(ModelStatus.State.SERVED, TestReleases.NAME, 3);
            images.sendPng("after-the-swap", TestImages.png(230));
            predicted.pollUntil(LIMIT, records -> records.size() >= 2);

            ModelRelease other = releases.store("other", 4);
            releases.send(other);
            told.await(ModelStatus.State.SERVED, "other", 4);
            images.send("named", TestImages.png(230), Map.of("content-type", "image/png", "model", "other"));
            predicted.pollUntil(LIMIT, records -> records.size() >= 3);

            releases.send(first);
            ModelStatus replayed = told.await(ModelStatus.State.REFUSED, TestReleases.NAME, 2);
            assertThat(replayed.reason()).isEqualTo("OUTDATED");
            releases.send(releases.anew(first));
            told.await(ModelStatus.State.SERVED, TestReleases.NAME, 2);
            images.sendPng("rolled-back", TestImages.png(230));
            List<ConsumerRecord<String, byte[]>> answers = predicted.pollUntil(LIMIT, records -> records.size() >= 4);

            assertThat(answers)
                    .extracting(answer -> answer.key() + " " + prediction(answer))
                    .containsExactlyInAnyOrder(
                            "before-the-first brightness 2 " + first.sha256() + " bright",
                            "after-the-swap brightness 3 " + second.sha256() + " dark",
                            "named other 4 " + other.sha256() + " bright",
                            "rolled-back brightness 2 " + first.sha256() + " bright");

            releases.retire("other");
            told.awaitRetired("other");
            images.send("retired", TestImages.png(230), Map.of("content-type", "image/png", "model", "other"));
            ConsumerRecord<String, byte[]> rejection =
                    rejected.pollUntil(LIMIT, records -> !records.isEmpty()).get(0);
            assertThat(new String(
                            rejection.headers().lastHeader("catrs.error.reason").value(), "UTF-8"))
                    .isEqualTo("UNKNOWN_MODEL");
            assertThat(service.metrics().sum("catrs_model_swaps_total")).isEqualTo(4);

            List<ModelRelease> burst = releases.storeAll(TestReleases.NAME, 10, 19);
            releases.send(burst.toArray(ModelRelease[]::new));
            told.await(ModelStatus.State.SERVED, TestReleases.NAME, 19);
            images.sendPng("after-the-burst", TestImages.png(230));
            predicted.pollUntil(LIMIT, records -> records.size() >= 5);
            assertThat(prediction(predicted.poll().get(4)))
                    .isEqualTo("brightness 19 " + burst.get(9).sha256() + " dark");
            assertThat(service.metrics().sum("catrs_model_info")).isEqualTo(1);
            assertThat(service.metrics().sum("catrs_model_info", "version=\"19\""))
                    .isEqualTo(1);
            assertThat(service.log().lines().filter(line -> line.contains("\"model closed\"")))
                    .hasSize((int) service.metrics().sum("catrs_model_swaps_total") - 1);
        }
    }

    private static String prediction(ConsumerRecord<String, byte[]> answer) {
        JsonNode prediction = json(answer);
        JsonNode model = prediction.path("model");
        return model.path("name").asText() + " " + model.path("version").asText() + " "
                + model.path("sha256").asText() + " "
                + prediction.path("className").asText();
    }

    private static JsonNode json(ConsumerRecord<String, byte[]> message) {
        try {
            return JSON.readTree(message.value());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
