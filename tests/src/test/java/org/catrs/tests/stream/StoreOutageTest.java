// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.event.ModelStatus;
import org.catrs.schemas.event.ModelStatus.State;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.topic.Topics;
import org.catrs.tests.ForkPorts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a certifier serves after a restart whose store is away and whose last release is none to serve, and what a store
 * that hangs keeps it from: nothing else.
 */
@Tag("faults")
final class StoreOutageTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String OTHER = "other";

    @Test
    void shouldServeTheLastGoodReleaseFromTheCacheAndFetchNewOnesWhenTheStoreIsBack(@TempDir Path work)
            throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(work.resolve("broker"), ForkPorts.free());
                TestReleases releases = new TestReleases(work, broker.bootstrapServers());
                ImageProducer images = new ImageProducer(broker.bootstrapServers());
                ToldStatuses told = new ToldStatuses(broker.bootstrapServers());
                CommittedRecords predicted =
                        new CommittedRecords(broker.bootstrapServers(), Topics.CERTIFIED_PREDICTIONS)) {
            Map<String, String> settings = new TreeMap<>(releases.settings());
            settings.put("models.fetch.timeout.seconds", "1");
            releases.send(releases.store(TestReleases.NAME, 2));
            try (CertifierProcess first = CertifierProcess.launch(work, broker.bootstrapServers(), settings)) {
                told.await(State.SERVED, TestReleases.NAME, 2);
                releases.send(unsigned(releases.store(TestReleases.NAME, 4)));
                assertThat(told.await(State.REFUSED, TestReleases.NAME, 4).servedVersion())
                        .isEqualTo("2");
                first.awaitReady();
            }
            ModelRelease next = releases.store(TestReleases.NAME, 3);
            Path away = Files.move(releases.folder(), work.resolve("away"));
            try (CertifierProcess second = CertifierProcess.launch(work, broker.bootstrapServers(), settings)) {
                told.await(State.SERVED, TestReleases.NAME, 2);
                ModelStatus again = told.await(State.REFUSED, TestReleases.NAME, 4);
                assertThat(again.servedVersion()).isEqualTo("2");
                assertThat(again.reason()).isEqualTo("WRONG_SIGNATURE");
                assertThat(again.message()).endsWith("; version 2, which was served last, is served again");
                second.awaitReady();
                images.sendPng("from-the-cache", TestImages.png(230));
                predicted.pollUntil(LIMIT, records -> records.size() == 1);

                releases.send(next);
                ModelStatus refused = told.await(State.REFUSED, TestReleases.NAME, 3);
                assertThat(refused.reason()).isEqualTo("NOT_FOUND");
                assertThat(refused.servedVersion()).isEqualTo("2");
                Files.move(away, releases.folder());
                told.await(State.SERVED, TestReleases.NAME, 3);
                images.sendPng("after-the-outage", TestImages.png(230));
                List<ConsumerRecord<String, byte[]>> answers =
                        predicted.pollUntil(LIMIT, records -> records.size() == 2);
                assertThat(new String(answers.get(1).value(), StandardCharsets.UTF_8))
                        .contains("\"version\":\"3\"", "\"className\":\"dark\"");
                assertGoesOnWhileTheStoreHangs(releases, told);
            }
        }
    }

    /** Whoever opens a pipe to read waits until somebody writes. */
    private static void assertGoesOnWhileTheStoreHangs(TestReleases releases, ToldStatuses told) throws Exception {
        ModelRelease hanging = releases.store(OTHER, 5);
        Path network = Path.of(URI.create(hanging.location())).resolve(ModelManifest.ONNX_FILE_NAME);
        byte[] bytes = Files.readAllBytes(network);
        Files.delete(network);
        assertThat(new ProcessBuilder("mkfifo", network.toString()).start().waitFor())
                .isZero();
        releases.send(hanging, releases.store(TestReleases.NAME, 6));
        ModelStatus refused = told.await(State.REFUSED, OTHER, 5);
        assertThat(refused.reason()).isEqualTo("STORE_TIMED_OUT");
        assertThat(refused.message()).contains("does not come: the store gave 0 bytes, and then nothing for 1.0 s");
        told.await(State.SERVED, TestReleases.NAME, 6);
        Files.write(network, bytes);
        told.await(State.SERVED, OTHER, 5);
    }

    private static ModelRelease unsigned(ModelRelease release) {
        return new ModelRelease(
                release.name(),
                release.version(),
                release.location(),
                release.sha256(),
                null,
                release.sigma(),
                release.classNames(),
                release.inputShape(),
                release.plan(),
                release.issued());
    }
}
