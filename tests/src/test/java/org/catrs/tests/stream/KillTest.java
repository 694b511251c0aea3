// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.schemas.topic.Topics;
import org.catrs.tests.ForkPorts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service is killed in the middle of its work, as {@code kill -9} does, and started again. */
@Tag("faults")
final class KillTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String APPLICATION = "kill-test";
    private static final int IMAGES = 150;
    private static final int ANSWERS_BEFORE_THE_KILL = 15;

    /** Some tens of milliseconds an image, so that the work is not done before the kill. */
    private static final Map<String, String> SLOW = Map.of("n", "50000", "application.id", APPLICATION);

    @Test
    void shouldAnswerEveryImageExactlyOnceThoughTheServiceIsKilled(@TempDir Path work) {
        try (EmbeddedBroker broker = EmbeddedBroker.start(work.resolve("broker"), ForkPorts.free());
                ImageTopic images = new ImageTopic(broker.bootstrapServers(), APPLICATION);
                CommittedRecords predicted =
                        new CommittedRecords(broker.bootstrapServers(), Topics.CERTIFIED_PREDICTIONS);
                CommittedRecords rejected = new CommittedRecords(broker.bootstrapServers(), Topics.IMAGES_REJECTED)) {
            sendImages(broker.bootstrapServers());
            CertifierProcess killed = CertifierProcess.start(work, broker.bootstrapServers(), SLOW);
            predicted.pollUntil(LIMIT, records -> records.size() >= ANSWERS_BEFORE_THE_KILL);
            killed.killForcibly();
            assertThat(predicted.poll()).as("answers before the kill").hasSizeLessThan(IMAGES / 2);

            try (CertifierProcess restarted = CertifierProcess.start(work, broker.bootstrapServers(), SLOW)) {
                await("all images are taken").atMost(LIMIT).until(() -> images.waiting() == 0);
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

    private static List<String> keys(
            List<ConsumerRecord<String, byte[]>> predicted, List<ConsumerRecord<String, byte[]>> rejected) {
        List<String> keys = new ArrayList<>();
        predicted.forEach(answer -> keys.add(answer.key()));
        rejected.forEach(answer -> keys.add(answer.key()));
        return keys;
    }
}
