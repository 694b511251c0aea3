// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.catrs.tests.faults.FaultTable.Outcome;
import org.catrs.tests.held.StreamCase;
import org.catrs.tests.stream.CertifierProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Topics that are deleted, made again, cleared and changed, and records that nobody should send. */
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TopicFaultsTest {
    private static final int IMAGES = 100;
    private static final String CONTENT_TYPE = "application/x-catrs-tensor";

    private Cluster cluster;

    @BeforeAll
    void start(@TempDir Path work) {
        cluster = Cluster.start(work, 1);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void shouldSayWhatRetentionTookWhileItWasStopped(@TempDir Path work) throws Exception {
        try (FaultCase fault = new FaultCase(work, cluster, "retention", 1)) {
            Load load = fault.load(IMAGES);
            try (CertifierProcess certifier = fault.certifier()) {
                fault.topics().answered();
            }
            load.send(IMAGES);
            set(fault.topics(), fault.topics().images(), "retention.ms", "1");
            await("retention").atMost(FaultCase.LIMIT).until(() -> isEmpty(fault.topics()));
            set(fault.topics(), fault.topics().images(), "retention.ms", "-1");
            load.send(IMAGES);
            long begin = System.nanoTime();
            try (CertifierProcess certifier = fault.certifier()) {
                Duration recovery = fault.untilIdle(begin);
                Outcome outcome = FaultTable.add(
                        "retention takes images of a stopped service",
                        fault.topics(),
                        IMAGES,
                        recovery,
                        certifier.log());
                assertThat(outcome.once()).isEqualTo(2 * IMAGES);
                assertThat(outcome.lost()).isEqualTo(IMAGES);
                assertThat(certifier.log())
                        .contains("up to 25 images of retention-images-0 were removed before they were answered");
                assertThat(certifier.metrics().sum("catrs_images_lost_total")).isEqualTo(IMAGES);
            }
        }
    }

    private static boolean isEmpty(StreamCase topics) {
        return List.of(0, 1, 2, 3).stream().allMatch(partition -> {
            TopicPartition asked = new TopicPartition(topics.images(), partition);
            return offset(topics, asked, OffsetSpec.earliest()) == offset(topics, asked, OffsetSpec.latest());
        });
    }

    private static long offset(StreamCase topics, TopicPartition partition, OffsetSpec which) {
        return StreamCase.join(
                        topics.admin().listOffsets(Map.of(partition, which)).all())
                .get(partition)
                .offset();
    }

    @Test
    void shouldSayThatTheTopicOfPredictionsIsGoneAndGoOnWithANewOne(@TempDir Path work) {
        try (FaultCase fault = new FaultCase(work, cluster, "outputs", 1);
                CertifierProcess certifier = fault.certifier()) {
            StreamCase topics = fault.topics();
            StreamCase.join(
                    topics.admin().deleteTopics(List.of(topics.predictions())).all());
            FaultCase.awaitNotReady(certifier, "the brokers have no topic outputs-predictions any more");
            fault.load(IMAGES);
            FaultCase.pass(Duration.ofSeconds(5));
            topics.create(topics.predictions(), 1, 1);
            Duration recovery = fault.untilIdle(System.nanoTime());
            Outcome outcome =
                    FaultTable.add("topic of predictions deleted and made again", topics, 0, recovery, certifier.log());
            assertThat(outcome.once()).isEqualTo(IMAGES);
            certifier.awaitReady();
        }
    }

    @Test
    void shouldStopAndSayWhyWhenTheTopicOfImagesIsDeleted(@TempDir Path work) {
        try (FaultCase fault = new FaultCase(work, cluster, "deleted", 1)) {
            CertifierProcess certifier = fault.certifier();
            StreamCase topics = fault.topics();
            fault.load(IMAGES);
            topics.answered();
            StreamCase.join(
                    topics.admin().deleteTopics(List.of(topics.images())).all());
            assertThat(certifier.awaitExit(FaultCase.LIMIT)).isEqualTo(1);
            FaultTable.add("topic of images deleted", topics, 0, Duration.ZERO, certifier.log());
            assertThat(certifier.log()).contains("the service stops: the topic deleted-images was deleted");
        }
    }

    @Test
    void shouldBeginWithTheFirstImageOfATopicThatWasMadeAgain(@TempDir Path work) {
        try (FaultCase fault = new FaultCase(work, cluster, "again", 1)) {
            CertifierProcess certifier = fault.certifier();
            StreamCase topics = fault.topics();
            Load load = fault.load(IMAGES);
            topics.answered();
            StreamCase.join(
                    topics.admin().deleteTopics(List.of(topics.images())).all());
            topics.create(topics.images(), 4, 1);
            // As many as there were, so that each offset at which reading could go on is one of the new topic.
            load.send(2 * IMAGES);
            assertThat(certifier.awaitExit(FaultCase.LIMIT)).isEqualTo(1);
            long begin = System.nanoTime();
            try (CertifierProcess next = fault.certifier()) {
                Duration recovery = fault.untilIdle(begin);
                Outcome outcome = FaultTable.add(
                        "topic of images deleted and made again", topics, 0, recovery, certifier.log() + next.log());
                assertThat(outcome.lost()).isZero();
                assertThat(certifier.log()).contains("the topic again-images was deleted and made again");
            }
        }
    }

    @Test
    void shouldRejectAnswersThatATopicTakesNoMoreAndGoOn(@TempDir Path work) throws Exception {
        try (FaultCase fault = new FaultCase(work, cluster, "limits", 1);
                CertifierProcess certifier = fault.certifier()) {
            StreamCase topics = fault.topics();
            try (Load load = fault.steadyLoad()) {
                fault.awaitAnswers(20);
                set(topics, topics.predictions(), "max.message.bytes", "600");
                Duration recovery = fault.untilAnswered();
                await("a rejection")
                        .atMost(FaultCase.LIMIT)
                        .until(() -> rejections(certifier, "ANSWER_TOO_LARGE") > 10);
                set(topics, topics.predictions(), "max.message.bytes", "1000000");
                double before = certifier.metrics().sum("catrs_images_certified_total");
                await("certificates again")
                        .atMost(FaultCase.LIMIT)
                        .until(() -> certifier.metrics().sum("catrs_images_certified_total") > before + 20);
                load.close();
                Outcome outcome = FaultTable.add(
                        "a topic's limit lowered below answers, and raised", topics, 0, recovery, certifier.log());
                assertThat(outcome.lost()).isZero();
                assertThat(outcome.repeated()).isZero();
            }
            assertThat(certifier.log())
                    .contains("the brokers refused an answer, since a topic takes less than before")
                    .doesNotContain("an error stops the service");
        }
    }

    private static double rejections(CertifierProcess certifier, String reason) throws Exception {
        return certifier.metrics().sum("catrs_images_rejected_total", "reason=\"" + reason + "\"");
    }

    @Test
    void shouldAnswerEveryRecordThatABrokerTakes(@TempDir Path work) throws Exception {
        try (FaultCase fault = new FaultCase(work, cluster, "poison", 1);
                CertifierProcess certifier = fault.certifier()) {
            StreamCase topics = fault.topics();
            set(topics, topics.images(), "message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
            set(topics, topics.images(), "message.timestamp.before.max.ms", Long.toString(Long.MAX_VALUE));
            set(topics, topics.images(), "retention.ms", "-1");
            long begin = System.nanoTime();
            sendPoison(topics);
            Outcome outcome = FaultTable.add(
                    "poisonous records: headers, keys, timestamps, sizes",
                    topics,
                    0,
                    fault.untilIdle(begin),
                    certifier.log());
            assertThat(outcome.once()).isEqualTo(topics.sent().size());
            assertThat(certifier.log()).doesNotContain("\"level\":\"ERROR\"");
        }
    }

    private static void sendPoison(StreamCase topics) {
        byte[] good = Load.image(230);
        long now = System.currentTimeMillis();
        List<Long> times = List.of(
                0L,
                1L,
                now - Duration.ofDays(9_000).toMillis(),
                now + Duration.ofDays(9_000).toMillis(),
                1L << 60);
        List<RecordHeaders> headers = List.of(
                headers("\u20ac".repeat(300_000), "x"),
                headers("\u20ac".repeat(300_000), null),
                headers("", ""),
                headers("content-type", null),
                headers("model", null),
                headers("model", "\u20ac"),
                headers("model", "x".repeat(900_000)),
                headers("target-radius", null),
                headers("target-radius", "\u0000"),
                headers("deadline", "1e400"),
                headers("traceparent", null),
                headers("traceparent", "x".repeat(900_000)),
                headers("catrs.error.reason", "\ud800"),
                headers("__streams.errors.offset", null),
                many());
        int number = 0;
        for (RecordHeaders given : headers) {
            if (given.lastHeader("content-type") == null) {
                given.add("content-type", CONTENT_TYPE.getBytes(StandardCharsets.UTF_8));
            }
        }
        for (byte[] value : new byte[][] {good, {1, 2, 3}, new byte[900_000], {}, null}) {
            for (RecordHeaders given : headers) {
                if (value == null || value.length < 100_000 || size(given) < 100_000) {
                    topics.send(number % 4, number++, value, null, new RecordHeaders(given));
                }
            }
            for (Long time : times) {
                topics.send(number % 4, number++, value, time, headers("content-type", CONTENT_TYPE));
            }
            topics.flush();
        }
    }

    private static RecordHeaders headers(String name, String value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(name, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
        return headers;
    }

    private static RecordHeaders many() {
        RecordHeaders headers = new RecordHeaders();
        for (int header = 0; header < 20_000; header++) {
            headers.add("h" + header, new byte[20]);
        }
        return headers;
    }

    private static long size(RecordHeaders headers) {
        long size = 0;
        for (var header : headers) {
            size += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return size;
    }

    private static void set(StreamCase topics, String topic, String name, String value) {
        StreamCase.join(topics.admin()
                .incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic),
                        List.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET))))
                .all());
    }
}
