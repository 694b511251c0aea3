// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.schemas.topic.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service is killed in the middle of its work, as {@code kill -9} does, and started again. */
final class KillTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String APPLICATION = "kill-test";
    private static final int IMAGES = 150;
    private static final int ANSWERS_BEFORE_THE_KILL = 15;

    /** Some tens of milliseconds an image, so that the work is not done before the kill. */
    private static final Map<String, String> SLOW = Map.of("n", "50000", "application.id", APPLICATION);

    @Test
    void shouldAnswerEveryImageExactlyOnceThoughTheServiceIsKilled(@TempDir Path work)
            throws ExecutionException, InterruptedException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(work.resolve("broker"), 0);
                CommittedRecords predicted =
                        new CommittedRecords(broker.bootstrapServers(), Topics.CERTIFIED_PREDICTIONS);
                CommittedRecords rejected = new CommittedRecords(broker.bootstrapServers(), Topics.IMAGES_REJECTED)) {
            sendImages(broker.bootstrapServers());
            CertifierService killed = CertifierService.start(work, broker.bootstrapServers(), SLOW);
            predicted.pollUntil(LIMIT, records -> records.size() >= ANSWERS_BEFORE_THE_KILL);
            killed.killForcibly();
            assertThat(predicted.poll()).as("answers before the kill").hasSizeLessThan(IMAGES / 2);

            try (CertifierService restarted = CertifierService.start(work, broker.bootstrapServers(), SLOW)) {
                awaitAllImagesTaken(broker.bootstrapServers());
                assertThat(restarted.log()).doesNotContain("ERROR");
            }
            assertThat(keys(predicted.pollToEnd(LIMIT), rejected.pollToEnd(LIMIT)))
                    .containsExactlyInAnyOrderElementsOf(imageKeys());
        }
    }

    private static List<String> imageKeys() {
        return IntStream.range(0, IMAGES).mapToObj(index -> "image-" + index).toList();
    }

    /** Every third image cannot be certified, and every third is undecided. */
    private static void sendImages(String bootstrapServers) {
        try (ImageProducer producer = new ImageProducer(bootstrapServers)) {
            List<byte[]> values = List.of(TestImages.png(230), TestImages.undecidedPng(), new byte[] {1, 2, 3});
            imageKeys().forEach(key -> producer.sendPng(key, values.get(Math.floorMod(key.hashCode(), 3))));
        }
    }

    /** Offsets are committed in the transaction of the answers, so no answer follows once all of them are. */
    private static void awaitAllImagesTaken(String bootstrapServers) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            int partitions = admin.describeTopics(List.of(Topics.IMAGES))
                    .allTopicNames()
                    .get()
                    .get(Topics.IMAGES)
                    .partitions()
                    .size();
            await("all images are taken").atMost(LIMIT).until(() -> taken(admin) == sent(admin, partitions));
        }
    }

    private static long taken(Admin admin) throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(APPLICATION).partitionsToOffsetAndMetadata().get().values().stream()
                .mapToLong(offset -> offset.offset())
                .sum();
    }

    private static long sent(Admin admin, int partitions) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            latest.put(new TopicPartition(Topics.IMAGES, partition), OffsetSpec.latest());
        }
        return admin.listOffsets(latest).all().get().values().stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    private static List<String> keys(
            List<ConsumerRecord<String, byte[]>> predicted, List<ConsumerRecord<String, byte[]>> rejected) {
        List<String> keys = new ArrayList<>();
        predicted.forEach(answer -> keys.add(answer.key()));
        rejected.forEach(answer -> keys.add(answer.key()));
        return keys;
    }
}
