// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.tests.ForkPorts;
import org.catrs.tests.stream.CertifierProcess;
import org.catrs.tests.stream.ImageProducer;
import org.catrs.tests.stream.TestImages;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard and the rules against the real Prometheus, which scrapes a certifier at work. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MonitoringTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private EmbeddedBroker broker;
    private CertifierProcess service;
    private ImageProducer producer;
    private ScheduledExecutorService sender;
    private Prometheus prometheus;

    @BeforeAll
    void startAndSendImages(@TempDir Path work) throws IOException {
        assumeTrue(Prometheus.isInstalled(), "needs the prometheus of Debian's package of that name");
        broker = EmbeddedBroker.start(work.resolve("broker"), ForkPorts.free());
        service = CertifierProcess.start(work, broker.bootstrapServers(), Map.of("n", "1000"));
        prometheus = Prometheus.start(work, service.address());
        producer = new ImageProducer(broker.bootstrapServers());
        sender = Executors.newSingleThreadScheduledExecutor();
        sender.scheduleAtFixedRate(this::sendOneOfEachOutcome, 0, 100, TimeUnit.MILLISECONDS);
    }

    private void sendOneOfEachOutcome() {
        producer.sendPng("certified", TestImages.png(230));
        producer.sendPng("abstained", TestImages.undecidedPng());
        producer.sendPng("rejected", new byte[] {1, 2, 3});
    }

    @AfterAll
    void stop() {
        if (sender != null) {
            sender.shutdownNow();
            producer.close();
            prometheus.close();
            service.close();
            broker.close();
        }
    }

    @Test
    void shouldAnswerTheQueryOfEveryPanel() {
        prometheus.awaitAnswers("certifier");
    }

    @Test
    void shouldFindAQueryThatHasNoAnswer() throws IOException, InterruptedException {
        assertThat(prometheus.problemOf("catrs_images_lost_total")).contains("no series");
        assertThat(prometheus.problemOf("vector(0) / 0")).get().asString().startsWith("NaN");
        assertThat(prometheus.problemOf("sum(")).get().asString().contains("parse error");
    }

    @Test
    void shouldEvaluateEveryRuleWithoutErrorAndWithoutAlert() {
        await().atMost(LIMIT).untilAsserted(() -> {
            List<JsonNode> rules = prometheus.rules();
            assertThat(rules)
                    .allSatisfy(rule -> assertThat(rule.path("health").asText())
                            .as(rule.toString())
                            .isEqualTo("ok"));
            assertThat(rules)
                    .filteredOn(rule -> rule.path("type").asText().equals("alerting"))
                    .hasSize(8)
                    .allSatisfy(rule -> assertThat(rule.path("state").asText())
                            .as(rule.toString())
                            .isEqualTo("inactive"));
        });
    }
}
