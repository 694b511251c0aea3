// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.json.JsonRecords;
import org.catrs.schemas.serde.EventSerdes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelsTopicTest {
    private static final TopicPartition PARTITION = new TopicPartition("models", 0);
    private static final String CAUGHT_UP = "caught up";

    private final TopicConsumer consumer = new TopicConsumer();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final ModelsTopic topic = new ModelsTopic(
            "models",
            consumer,
            EventSerdes.deserializer(ModelRelease.class, null),
            (name, change) -> told.add(name + ": " + text(change)),
            () -> told.add(CAUGHT_UP));
    private long sent;

    @BeforeEach
    void prepare() {
        consumer.updatePartitions("models", List.of(new PartitionInfo("models", 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, 2L));
    }

    @AfterEach
    void close() {
        topic.close();
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void shouldTellWhatTheTopicHoldsThenThatItIsAllAndThenWhatComes() throws InterruptedException {
        send("digits", release("digits", "1"));
        send("digits", release("digits", "2"));
        send("letters", null);
        topic.start();
        assertThat(told()).isEqualTo("digits: 1");
        assertThat(told()).isEqualTo("digits: 2");
        assertThat(List.of(told(), told())).containsExactlyInAnyOrder("letters: retired", CAUGHT_UP);
        send("digits", release("digits", "3"));
        assertThat(told()).isEqualTo("digits: 3");
    }

    @Test
    void shouldTellWhatCannotBeReadAndPassOverWhatNamesNoModel() throws InterruptedException {
        send("digits", "no release".getBytes(UTF_8));
        send("digits", release("letters", "1"));
        send("", release("digits", "2"));
        send("digits", release("digits", "3"));
        topic.start();
        assertThat(told()).startsWith("digits: unreadable: the record is no release: ");
        assertThat(told()).contains("the record's key must be the model's name 'letters', found 'digits'");
        assertThat(List.of(told(), told())).containsExactlyInAnyOrder("digits: 3", CAUGHT_UP);
    }

    @Test
    void shouldReadOnAfterTheBrokersFailed() throws InterruptedException {
        consumer.setPollException(new KafkaException("not now"));
        send("digits", release("digits", "1"));
        send("digits", release("digits", "2"));
        topic.start();
        assertThat(List.of(told(), told(), told())).containsExactly("digits: 1", "digits: 2", CAUGHT_UP);
    }

    @Test
    void shouldReadFromTheBeginningAgainWhenTheTopicWasMadeAnew() throws InterruptedException {
        consumer.updateEndOffsets(Map.of(PARTITION, 0L));
        topic.start();
        assertThat(told()).isEqualTo(CAUGHT_UP);
        consumer.setPollException(new OffsetOutOfRangeException(Map.of(PARTITION, 7L)));
        send("digits", release("digits", "1"));
        assertThat(told()).isEqualTo("digits: 1");
    }

    @Test
    void shouldReadTheTopicOnceItIsThere() throws InterruptedException {
        consumer.hideTopics();
        send("digits", release("digits", "1"));
        send("digits", release("digits", "2"));
        topic.start();
        assertThat(List.of(told(), told(), told())).containsExactly("digits: 1", "digits: 2", CAUGHT_UP);
    }

    private void send(String key, byte @Nullable [] value) {
        long offset = sent++;
        consumer.schedulePollTask(
                () -> consumer.addRecord(new ConsumerRecord<>("models", 0, offset, key.getBytes(UTF_8), value)));
    }

    private String told() throws InterruptedException {
        String next = told.poll(20, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private static byte[] release(String name, String version) {
        return JsonRecords.write(new ModelRelease(
                name,
                version,
                "file:///models/",
                "0".repeat(64),
                null,
                0.5,
                List.of("0", "1"),
                new ImageShape(1, 28, 28),
                new ModelRelease.Plan("fixed", 100, 1_000, 0.001),
                1L));
    }

    private static String text(ModelChange change) {
        if (change instanceof ModelChange.Released released) {
            return released.release().version();
        }
        return change instanceof ModelChange.Unreadable unreadable ? "unreadable: " + unreadable.problem() : "retired";
    }

    /** A consumer from which the topic can be hidden when it first asks for it. */
    private static final class TopicConsumer extends MockConsumer<byte[], byte[]> {
        private boolean isHidden;

        TopicConsumer() {
            super("none");
        }

        void hideTopics() {
            isHidden = true;
        }

        @Override
        public synchronized List<PartitionInfo> partitionsFor(String topic) {
            boolean wasHidden = isHidden;
            isHidden = false;
            return wasHidden ? List.of() : super.partitionsFor(topic);
        }
    }
}
