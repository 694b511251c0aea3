// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.held;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.tests.ForkPorts;
import org.catrs.tests.Metrics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an instance costs the one who stores its metrics. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class InstanceSeriesTest {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceSeriesTest.class);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Of an instance with one model; Kafka's own metrics alone were 1,197 more. */
    private static final int MOST_SERIES = 450;

    private EmbeddedBroker broker;

    @BeforeAll
    void start(@TempDir Path work) {
        broker = EmbeddedBroker.start(work.resolve("broker"), ForkPorts.free());
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    @Test
    void shouldHaveFewSeriesAndTheSameOnesAfterARestart() {
        try (StreamCase topics = new StreamCase(broker.bootstrapServers(), "series", 2)) {
            Set<String> before = seriesOfAnInstanceThatAnswers(topics, 0);
            Set<String> after = seriesOfAnInstanceThatAnswers(topics, 20);
            LOG.info("series of an instance: {}", before.size());
            assertThat(before).hasSizeLessThan(MOST_SERIES);
            assertThat(after).isEqualTo(before);
            assertThat(before).noneMatch(series -> series.contains("client") || series.contains("thread="));
        }
    }

    @Test
    void shouldSayHowFarBehindItIs() throws InterruptedException {
        try (StreamCase topics = new StreamCase(broker.bootstrapServers(), "behind", 1)) {
            StreamCase.numbers(0, 200).forEach(number -> topics.send(0, number));
            topics.flush();
            Map<String, String> settings = Map.of("images.at.hand", "10");
            try (StreamInstance instance =
                    StreamInstance.start(topics, settings, number -> Thread.sleep(Duration.ofDays(1).toMillis()))) {
                await().atMost(LIMIT)
                        .untilAsserted(() -> assertThat(instance.metric("catrs.lag.images")).isBetween(180.0, 200.0));
                await().atMost(LIMIT)
                        .untilAsserted(() -> assertThat(instance.metric("catrs.lag.seconds")).isGreaterThan(1));
                assertThat(instance.metric("catrs.partitions")).isEqualTo(1);
                assertThat(instance.metric("catrs.stream.threads")).isEqualTo(1);
                assertThat(instance.metric("catrs.rebalances")).isPositive();
                assertThat(instance.metric("catrs.images.unaccounted")).isZero();
            }
        }
    }

    private static Set<String> seriesOfAnInstanceThatAnswers(StreamCase topics, int first) {
        StreamCase.numbers(first, 10).forEach(number -> topics.send(0, number));
        StreamCase.numbers(first + 10, 10).forEach(number -> topics.sendRubbish(1, number));
        topics.flush();
        try (StreamInstance instance = StreamInstance.start(topics, Map.of(), number -> {})) {
            topics.answered();
            await().atMost(LIMIT).until(() -> instance.metric("catrs.transactions.committed") > 0);
            Metrics metrics = instance.metrics();
            assertThat(metrics.sum("catrs_images_received_total")).isEqualTo(20);
            assertThat(metrics.sum("catrs_images_unaccounted")).isZero();
            assertThat(metrics.sum("catrs_transactions_aborted_total")).isZero();
            return new TreeSet<>(metrics.samples().keySet());
        }
    }
}
