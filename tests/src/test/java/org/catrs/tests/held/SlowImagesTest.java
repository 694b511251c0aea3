// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.held;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.tests.ForkPorts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Instances of the certifier on a real broker, with images that take as long as a test says. Every image is counted. */
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SlowImagesTest {
    private static final Logger LOG = LoggerFactory.getLogger(SlowImagesTest.class);
    private static final Duration LIMIT = Duration.ofSeconds(120);

    /** The brokers abort a transaction that is open for longer. */
    private static final Duration TRANSACTION_LIMIT = Duration.ofSeconds(5);

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
    void shouldAnswerImagesThatOutlastATransactionBehindRejectedOnes() {
        try (StreamCase topics = new StreamCase(broker.bootstrapServers(), "slow", 1);
                TransactionWatch transactions = new TransactionWatch(topics.admin(), topics.applicationId())) {
            StreamCase.numbers(0, 30).forEach(number -> topics.sendRubbish(0, number));
            StreamCase.numbers(30, 3).forEach(number -> topics.send(0, number));
            StreamCase.numbers(33, 5).forEach(number -> topics.sendRubbish(0, number));
            topics.flush();
            long slow = TRANSACTION_LIMIT.plusSeconds(2).toMillis();
            try (StreamInstance instance = StreamInstance.start(topics, Map.of(), number -> Thread.sleep(slow))) {
                assertThat(topics.answered()).containsExactlyInAnyOrderElementsOf(topics.sent());
                double pollSeconds = instance.metric("catrs.poll.gap.seconds");
                LOG.info("slow images: oldest transaction {}, latest poll {} s", transactions.oldest(), pollSeconds);
                assertThat(transactions.oldest()).isLessThan(TRANSACTION_LIMIT);
                assertThat(pollSeconds).isPositive().isLessThan(TRANSACTION_LIMIT.toSeconds());
                assertThat(instance.classifier().begunAgain()).isEmpty();
                assertThat(instance.errors()).isEmpty();
            }
        }
    }

    @Test
    void shouldAnswerFastImagesOfOtherPartitionsWhileSlowOnesAreWorkedOn() throws InterruptedException {
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (StreamCase topics = new StreamCase(broker.bootstrapServers(), "mixed", 4);
                TransactionWatch transactions = new TransactionWatch(topics.admin(), topics.applicationId())) {
            for (int partition = 0; partition < 4; partition++) {
                // The third of a partition is slow, in the first partition alone.
                int offset = partition;
                StreamCase.numbers(100 * partition, 50).forEach(number -> topics.send(offset, number));
            }
            topics.flush();
            PacedClassifier.Pace pace = number -> {
                if (number == 2) {
                    mayEnd.await();
                }
            };
            try (StreamInstance instance = StreamInstance.start(topics, Map.of("num.stream.threads", "1"), pace)) {
                List<String> early = topics.answered(3 * 50 + 2);
                assertThat(StreamCase.numbers(early, 0)).containsExactly(0, 1);
                await("the slow partition's images are at hand")
                        .atMost(LIMIT)
                        .until(() -> instance.metric("catrs.images.at.hand") == 48);
                assertThat(instance.health().ready()).isTrue();
                mayEnd.countDown();
                List<String> all = topics.answered();
                assertThat(all).containsExactlyInAnyOrderElementsOf(topics.sent());
                for (int partition = 0; partition < 4; partition++) {
                    assertThat(StreamCase.numbers(all, partition)).isSorted();
                }
                LOG.info("mixed images: oldest transaction {}", transactions.oldest());
                assertThat(transactions.oldest()).isLessThan(TRANSACTION_LIMIT);
                assertThat(instance.classifier().begunAgain()).isEmpty();
            }
        }
    }

    @Test
    void shouldLeaveAtOnceWhateverIsAtHandAndLoseNothing() throws InterruptedException {
        CountDownLatch mayEnd = new CountDownLatch(1);
        Map<String, String> settings = Map.of("images.at.hand", "400");
        // Every second image of a partition.
        PacedClassifier.Pace pace = number -> {
            if (number / 64 % 2 == 1) {
                mayEnd.await();
            }
        };
        try (StreamCase topics = new StreamCase(broker.bootstrapServers(), "leaving", 64);
                TransactionWatch transactions = new TransactionWatch(topics.admin(), topics.applicationId())) {
            for (int number = 0; number < 640; number++) {
                topics.send(number % 64, number);
            }
            topics.flush();
            try (StreamInstance first = StreamInstance.start(topics, settings, pace)) {
                await().atMost(LIMIT).until(() -> first.metric("catrs.images.at.hand") > 300);
                try (StreamInstance second = StreamInstance.start(topics, settings, pace)) {
                    topics.awaitMembers(8);
                    await().atMost(LIMIT).until(() -> second.metric("catrs.images.at.hand") > 100);
                    double atHand = first.metric("catrs.images.at.hand");
                    Duration took = first.leave();
                    LOG.info("left in {} with {} images at hand", took, atHand);
                    assertThat(took).isLessThan(Duration.ofSeconds(10));
                    mayEnd.countDown();
                    assertThat(topics.answered()).containsExactlyInAnyOrderElementsOf(topics.sent());
                    LOG.info("joining and leaving: oldest transaction {}", transactions.oldest());
                    assertThat(transactions.oldest()).isLessThan(TRANSACTION_LIMIT);
                    assertThat(first.errors()).isEmpty();
                    assertThat(second.errors()).isEmpty();
                }
            }
        }
    }

    @Test
    void shouldRepeatOnlyTheImagesOfPartitionsThatMoveToAnInstanceThatJoins() throws InterruptedException {
        CountDownLatch mayEnd = new CountDownLatch(1);
        Map<String, String> settings = Map.of("images.at.hand", "40", "num.stream.threads", "1");
        PacedClassifier.Pace pace = number -> mayEnd.await();
        try (StreamCase topics = new StreamCase(broker.bootstrapServers(), "joining", 8)) {
            for (int number = 0; number < 80; number++) {
                topics.send(number % 8, number);
            }
            topics.flush();
            try (StreamInstance first = StreamInstance.start(topics, settings, pace)) {
                await().atMost(LIMIT).until(() -> first.classifier().begun().size() >= 8);
                try (StreamInstance second = StreamInstance.start(topics, settings, pace)) {
                    topics.awaitMembers(2);
                    await().atMost(LIMIT)
                            .until(() -> second.classifier().begun().size() >= 4);
                    mayEnd.countDown();
                    assertThat(topics.answered()).containsExactlyInAnyOrderElementsOf(topics.sent());
                    assertThat(first.classifier().begunAgain()).isEmpty();
                    assertThat(second.classifier().begunAgain()).isEmpty();
                    Set<Integer> twice = new HashSet<>(first.classifier().begun());
                    twice.retainAll(second.classifier().begun());
                    Set<Integer> moved = partitions(second.classifier().begun());
                    assertThat(moved).hasSize(4);
                    assertThat(partitions(twice)).isSubsetOf(moved);
                    // Those that the first instance had begun of these partitions.
                    assertThat(twice).hasSizeLessThanOrEqualTo(8);
                    assertThat(first.errors()).isEmpty();
                }
            }
        }
    }

    private static Set<Integer> partitions(Set<Integer> numbers) {
        Set<Integer> partitions = new HashSet<>();
        numbers.forEach(number -> partitions.add(number % 8));
        return partitions;
    }

    @Test
    void shouldTakeNoMoreThanItHasRoomForHoweverManyImagesWait() throws InterruptedException {
        CountDownLatch mayEnd = new CountDownLatch(1);
        int images = 5_000;
        try (StreamCase topics = new StreamCase(broker.bootstrapServers(), "backlog", 2)) {
            StreamCase.numbers(0, images).forEach(number -> topics.send(number % 2, number));
            topics.flush();
            try (StreamInstance instance =
                    StreamInstance.start(topics, Map.of("images.at.hand", "50"), number -> mayEnd.await())) {
                await().atMost(LIMIT).until(() -> instance.metric("catrs.images.at.hand") >= 50);
                await().during(Duration.ofSeconds(3))
                        .atMost(LIMIT)
                        .until(() -> instance.health().ready());
                // Twice the limit, and what one poll of each thread brings.
                assertThat(instance.metric("catrs.images.at.hand")).isLessThanOrEqualTo(2 * 50 + 2 * 8);
                mayEnd.countDown();
                assertThat(topics.answered()).containsExactlyInAnyOrderElementsOf(topics.sent());
                assertThat(instance.metric("catrs.images.certified")).isEqualTo(images);
                assertThat(instance.metric("catrs.images.received"))
                        .isEqualTo(images + instance.metric("catrs.images.given.up"));
                assertThat(instance.metric("catrs.images.at.hand")).isZero();
                assertThat(instance.metric("catrs.bytes.at.hand")).isZero();
            }
        }
    }

    @Test
    void shouldReadPartitionsThatAreAddedWhileItRuns() {
        try (StreamCase topics = new StreamCase(broker.bootstrapServers(), "growing", 1);
                StreamInstance instance = StreamInstance.start(topics, Map.of(), number -> {})) {
            topics.send(0, 0);
            assertThat(topics.answered()).containsExactly("0-0");
            topics.addPartitions(4);
            long begin = System.nanoTime();
            for (int partition = 1; partition < 4; partition++) {
                topics.send(partition, partition);
            }
            assertThat(topics.answered()).containsExactlyInAnyOrder("0-0", "1-1", "2-2", "3-3");
            LOG.info("added partitions were read after {}", Duration.ofNanos(System.nanoTime() - begin));
            assertThat(instance.errors()).isEmpty();
        }
    }

    @Test
    void shouldWriteNoOffsetsWhileAllThatIsAtHandIsWorkedOn() throws InterruptedException {
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (StreamCase topics = new StreamCase(broker.bootstrapServers(), "idle", 1);
                StreamInstance instance = StreamInstance.start(topics, Map.of(), number -> mayEnd.await())) {
            topics.send(0, 0);
            topics.flush();
            await().atMost(LIMIT).until(() -> instance.classifier().begun().size() == 1);
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
            long before = topics.committedOffsets();
            await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
            assertThat(topics.committedOffsets()).isEqualTo(before);
            mayEnd.countDown();
            assertThat(topics.answered()).containsExactly("0-0");
        }
    }

    @Test
    void shouldRejectAnImageThatKeepsTheAnswersToLaterOnesWaiting() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        PacedClassifier.Pace pace = number -> {
            if (number == 0) {
                never.await();
            }
        };
        try (StreamCase topics = new StreamCase(broker.bootstrapServers(), "neighbour", 1);
                StreamInstance instance = StreamInstance.start(topics, Map.of("record.max.seconds", "2"), pace)) {
            StreamCase.numbers(0, 20).forEach(number -> topics.send(0, number));
            topics.flush();
            assertThat(topics.answered()).containsExactlyInAnyOrderElementsOf(topics.sent());
            assertThat(instance.metric("catrs.images.rejected")).isEqualTo(1);
            assertThat(instance.metric("catrs.images.certified")).isEqualTo(19);
            assertThat(instance.metrics().sum("catrs_held_seconds_sum")).isGreaterThan(2);
            assertThat(instance.errors()).isEmpty();
        }
    }

    @Test
    void shouldSayThatItIsNotReadyWhileAPartitionStandsStill() throws InterruptedException {
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (StreamCase topics = new StreamCase(broker.bootstrapServers(), "stall", 1);
                StreamInstance instance =
                        StreamInstance.start(topics, Map.of("record.max.seconds", "1"), number -> mayEnd.await())) {
            await().atMost(LIMIT).until(() -> instance.health().ready());
            topics.send(0, 0);
            topics.flush();
            await().atMost(LIMIT).until(() -> !instance.health().ready());
            assertThat(instance.health().live()).isTrue();
            assertThat(instance.health().detail()).contains("a partition has answered nothing for");
            mayEnd.countDown();
            assertThat(topics.answered()).containsExactly("0-0");
            await().atMost(LIMIT).until(() -> instance.health().ready());
        }
    }
}
