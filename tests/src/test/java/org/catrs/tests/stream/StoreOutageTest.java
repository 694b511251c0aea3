// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.event.ModelStatus;
import org.catrs.schemas.event.ModelStatus.State;
import org.catrs.schemas.topic.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store goes away while a certifier is stopped, and comes back while it runs. */
final class StoreOutageTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void shouldServeFromTheCacheAndFetchNewModelsWhenTheStoreIsBack(@TempDir Path work) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(work.resolve("broker"), 0);
                TestReleases releases = new TestReleases(work, broker.bootstrapServers());
                ImageProducer images = new ImageProducer(broker.bootstrapServers());
                ToldStatuses told = new ToldStatuses(broker.bootstrapServers());
                CommittedRecords predicted =
                        new CommittedRecords(broker.bootstrapServers(), Topics.CERTIFIED_PREDICTIONS)) {
            releases.send(releases.store(TestReleases.NAME, 2));
            try (CertifierService first =
                    CertifierService.launch(work, broker.bootstrapServers(), releases.settings())) {
                told.await(State.SERVED, TestReleases.NAME, 2);
                first.awaitReady();
            }
            ModelRelease next = releases.store(TestReleases.NAME, 3);
            Path away = Files.move(releases.folder(), work.resolve("away"));
            try (CertifierService second =
                    CertifierService.launch(work, broker.bootstrapServers(), releases.settings())) {
                told.await(State.SERVED, TestReleases.NAME, 2);
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
            }
        }
    }
}
