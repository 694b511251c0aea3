// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.held;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.image.RawTensor;
import org.catrs.tests.Catrs;
import org.catrs.tests.ForkPorts;
import org.catrs.tests.soak.Held;
import org.catrs.tests.stream.CertifierProcess;
import org.catrs.tests.stream.TestImages;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Instances of the certifier as processes of their own, with real networks: what an operator promises himself of one that
 * is told to end, is killed, or has more before it than it has memory for. Every image is counted.
 */
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ServedImagesTest {
    private static final Logger LOG = LoggerFactory.getLogger(ServedImagesTest.class);
    private static final Duration LIMIT = Duration.ofSeconds(120);

    /** What an orchestrator gives a process at the least. */
    private static final Duration LEAVES_WITHIN = Duration.ofSeconds(5);

    /** More than what Java compiles meanwhile, and far less than the images that wait. */
    private static final long MOST_MORE_MEBIBYTES = 32;

    private static final Duration GOES_ON_WITHIN = Duration.ofSeconds(10);

    private Path work;
    private EmbeddedBroker broker;

    @BeforeAll
    void start(@TempDir Path folder) {
        work = folder;
        broker = EmbeddedBroker.start(work.resolve("broker"), ForkPorts.free());
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    @Test
    void shouldEndWithinSecondsWithHundredsOfImagesAtHandWhileTheOtherInstanceGoesOn() {
        int partitions = 64;
        int images = 10 * partitions;
        Map<String, String> settings =
                Map.of("n", "20000", "plan", "fixed", "images.at.hand", "400", "record.max.seconds", "60");
        try (StreamCase topics = new StreamCase(broker.bootstrapServers(), "ending", partitions)) {
            ServedInstance first = ServedInstance.ofBrightness(work, topics, settings);
            topics.awaitMembers(4);
            Set<String> members = topics.members();
            try (ServedInstance second = ServedInstance.ofBrightness(work, topics, settings)) {
                topics.awaitMembers(8);
                for (int number = 0; number < images; number++) {
                    topics.send(number % partitions, number, ServedInstance.brightness(number), Map.of());
                }
                topics.flush();
                await("hundreds are at hand").atMost(LIMIT).until(() -> first.metric("catrs_images_at_hand") > 200);
                double atHand = first.metric("catrs_images_at_hand");
                Set<Integer> moving = topics.partitionsOf(members);
                Duration took = first.leave();
                long left = System.nanoTime();
                Set<String> before = new HashSet<>(topics.answered(0));
                await("a partition of the one that left is answered")
                        .atMost(LIMIT)
                        .until(() -> topics.answered(0).stream()
                                .filter(key -> !before.contains(key))
                                .anyMatch(key -> moving.contains(partition(key))));
                Duration pause = Duration.ofNanos(System.nanoTime() - left);
                LOG.info("ended in {} with {} images at hand; the other went on after {}", took, atHand, pause);
                assertThat(took).isLessThan(LEAVES_WITHIN);
                assertThat(pause).isLessThan(GOES_ON_WITHIN);
                assertThat(topics.answered()).containsExactlyInAnyOrderElementsOf(topics.sent());
                assertThat(first.log() + second.log()).doesNotContain("ERROR");
            }
        }
    }

    private static int partition(String key) {
        return Integer.parseInt(key.substring(0, key.indexOf('-')));
    }

    @Test
    void shouldDrawTheSameNoiseForTheSameCertificateAfterATakeover() throws IOException {
        Path noiseKey = work.resolve("noise.pem");
        Path publicKey = work.resolve("noise.pub.pem");
        Catrs.run(work, LIMIT, "keys", "new", "--out", noiseKey.toString(), "--public", publicKey.toString());
        Map<String, String> settings = Map.of(
                "n",
                "20000",
                "plan",
                "fixed",
                "inference.optimization",
                "all",
                "num.stream.threads",
                "1",
                "noise.key",
                noiseKey.toString());
        Map<String, ObjectNode> calm;
        try (StreamCase topics = new StreamCase(broker.bootstrapServers(), "calm", 4);
                ServedInstance alone = ServedInstance.ofBrightness(work, topics, settings)) {
            sendForTakeover(topics);
            topics.answered();
            assertThat(alone.log()).doesNotContain("ERROR");
            calm = certificates(topics);
        }
        try (StreamCase topics = new StreamCase(broker.bootstrapServers(), "takeover", 4);
                ServedInstance other = ServedInstance.ofBrightness(work, topics, settings)) {
            ServedInstance killed = ServedInstance.ofBrightness(work, topics, settings);
            topics.awaitMembers(2);
            sendForTakeover(topics);
            await("the one that is killed is at work")
                    .atMost(LIMIT)
                    .until(() -> killed.metric("catrs_images_certified_total") > 0
                            && killed.metric("catrs_images_at_hand") > 0);
            killed.killForcibly();
            assertThat(topics.answered()).containsExactlyInAnyOrderElementsOf(topics.sent());
            assertThat(other.log()).doesNotContain("ERROR");
            assertThat(certificates(topics)).isEqualTo(calm);
        }
    }

    private static void sendForTakeover(StreamCase topics) {
        for (int number = 0; number < 200; number++) {
            topics.send(number % 4, number, ServedInstance.brightness(number), Map.of());
        }
        topics.flush();
    }

    /** All that certificates say, but for the time that they took and where the image lay. */
    private static Map<String, ObjectNode> certificates(StreamCase topics) throws IOException {
        Map<String, ObjectNode> certificates = new TreeMap<>();
        for (Map.Entry<String, byte[]> prediction :
                topics.committedPredictions().entrySet()) {
            ObjectNode certificate = (ObjectNode) new ObjectMapper().readTree(prediction.getValue());
            assertThat(certificate.path("noiseProof").asText()).isNotEmpty();
            certificate.remove(List.of("seconds", "origin", "answered"));
            certificates.put(prediction.getKey(), certificate);
        }
        return certificates;
    }

    @Test
    void shouldKeepItsMemoryWhileMoreImagesWaitThanItsHeapHolds() {
        answerBacklog("large-backlog", 1_500, 250_000);
    }

    @Test
    @Tag("long")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void shouldKeepItsMemoryWhileAHundredThousandImagesWait() {
        answerBacklog("long-backlog", 100_000, 5_000);
    }

    /** @param bytes of an image */
    private void answerBacklog(String name, int images, int bytes) {
        Map<String, String> settings = Map.of("n", "100", "plan", "fixed");
        byte[] image = TestImages.png(230, bytes);
        try (StreamCase topics = new StreamCase(broker.bootstrapServers(), name, 4)) {
            StreamCase.numbers(0, images)
                    .forEach(number -> topics.send(number % 4, number, image, Map.of("content-type", "image/png")));
            topics.flush();
            // The last word on a Java program's options, those of deploy/catrs included. The whole heap is there from
            // the
            // beginning: what grows is not it.
            Map<String, String> heap = Map.of("_JAVA_OPTIONS", "-Xms256m -Xmx256m -XX:+AlwaysPreTouch");
            try (ServedInstance instance =
                            ServedInstance.start(work, topics, settings, heap, CertifierProcess.BRIGHTNESS.toString());
                    KafkaBeans clients = new KafkaBeans(instance.handle())) {
                topics.awaitMembers(4);
                Set<String> members = topics.members();
                List<Double> rebalances = rebalances(clients);
                assertThat(rebalances).hasSize(4);
                List<Long> memory = new ArrayList<>();
                await("all are answered").atMost(Duration.ofMinutes(25)).until(() -> {
                    memory.add(Held.by(instance.handle()).memory() >> 20);
                    // No more than the limits allow, though all are there to be fetched.
                    assertThat(instance.metric("catrs_images_at_hand")).isLessThan(2 * 128 + 4 * 8);
                    return topics.answered(0).size() >= images;
                });
                assertThat(topics.answered()).containsExactlyInAnyOrderElementsOf(topics.sent());
                int third = memory.size() / 3;
                long early = greatest(memory.subList(third, 2 * third));
                long late = greatest(memory.subList(2 * third, memory.size()));
                LOG.info("{} images of {} bytes: {} MiB, then {} MiB", images, bytes, early, late);
                assertThat(late - early).as("MiB more in the last third").isLessThan(MOST_MORE_MEBIBYTES);
                assertThat(topics.members()).isEqualTo(members);
                assertThat(rebalances(clients)).isEqualTo(rebalances);
                assertThat(instance.log()).doesNotContain("ERROR", "OutOfMemoryError");
            }
        }
    }

    private static List<Double> rebalances(KafkaBeans clients) {
        return clients.values("consumer-coordinator-metrics", "rebalance-total");
    }

    private static long greatest(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** A quiet machine of two cores takes about a minute for each of the slow images. */
    @Test
    @Tag("long")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void shouldKeepTransactionsShortBesideImagesOfFiveMillionSamples() {
        Map<String, String> settings = Map.of(
                "n",
                "5000000",
                "plan",
                "fixed",
                "precision",
                "int8",
                "record.max.seconds",
                "1200",
                "num.stream.threads",
                "2");
        try (StreamCase topics = new StreamCase(broker.bootstrapServers(), "millions", 2);
                TransactionWatch transactions = new TransactionWatch(topics.admin(), topics.applicationId())) {
            StreamCase.numbers(0, 30).forEach(number -> topics.sendRubbish(0, number));
            topics.send(0, 30, digit(30), Map.of());
            for (int number = 31; number < 200; number++) {
                topics.send(number % 2, number, digit(number), Map.of("target-radius", "0.1"));
                topics.sendRubbish(number % 2, 1_000 + number);
            }
            topics.send(1, 200, digit(200), Map.of());
            topics.flush();
            try (ServedInstance instance = ServedInstance.start(work, topics, settings, Map.of(), "mnist-0.50");
                    KafkaBeans clients = new KafkaBeans(instance.handle())) {
                List<Double> polls = new ArrayList<>();
                await("all are answered").atMost(Duration.ofMinutes(25)).until(() -> {
                    polls.addAll(clients.values("consumer-metrics", "time-between-poll-max"));
                    return topics.answered(0).size() >= topics.sent().size();
                });
                double latest = Collections.max(polls) / 1000;
                LOG.info("n = 5,000,000: oldest transaction {}, latest poll {} s", transactions.oldest(), latest);
                assertThat(transactions.oldest()).isLessThan(Duration.ofSeconds(2));
                assertThat(latest).isPositive().isLessThan(1);
                assertThat(topics.answered()).containsExactlyInAnyOrderElementsOf(topics.sent());
                assertThat(instance.log()).doesNotContain("ERROR");
            }
        }
    }

    /** An image of MNIST's shape with a bar on it. */
    private static byte[] digit(int number) {
        ImageShape shape = new ImageShape(1, 28, 28);
        byte[] values = new byte[shape.size()];
        for (int row = 4; row < 24; row++) {
            Arrays.fill(values, 28 * row + 12, 28 * row + 16, (byte) (255 - number % 50));
        }
        return RawTensor.encode(ImageTensor.of(shape, values));
    }
}
