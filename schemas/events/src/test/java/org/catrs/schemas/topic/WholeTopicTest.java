// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WholeTopicTest {
    private static final TopicPartition FIRST = new TopicPartition("models", 0);
    private static final TopicPartition SECOND = new TopicPartition("models", 1);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");

    @BeforeEach
    void holdOneRecordInTheFirstPartitionAndTwoInTheSecond() {
        consumer.updatePartitions(
                "models",
                List.of(
                        new PartitionInfo("models", 0, null, null, null),
                        new PartitionInfo("models", 1, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 3L));
        consumer.updateEndOffsets(Map.of(FIRST, 1L, SECOND, 5L));
    }

    @Test
    void shouldReadFromTheBeginningsToWhereThePartitionsEndedThen() {
        WholeTopic whole = WholeTopic.fromBeginning(consumer, "models");
        assertThat(whole.isReadToItsEnd()).isFalse();
        consumer.updateEndOffsets(Map.of(FIRST, 7L, SECOND, 7L));
        read(FIRST, 0);
        read(SECOND, 3);
        assertThat(whole.isReadToItsEnd()).isFalse();
        read(SECOND, 4);
        assertThat(whole.isReadToItsEnd()).isTrue();
    }

    @Test
    void shouldHaveReadAnEmptyTopicAtOnce() {
        consumer.updateEndOffsets(Map.of(FIRST, 0L, SECOND, 3L));
        assertThat(WholeTopic.fromBeginning(consumer, "models").isReadToItsEnd())
                .isTrue();
    }

    @Test
    void shouldNotTakeATopicThatIsNotThereForAnEmptyOne() {
        assertThatThrownBy(() -> WholeTopic.fromBeginning(consumer, "absent"))
                .isInstanceOf(UnknownTopicOrPartitionException.class)
                .hasMessageContaining("absent");
    }

    @Test
    void shouldReadFromWhereThePartitionsEndNow() {
        WholeTopic.fromEnd(consumer, "models");
        consumer.updateEndOffsets(Map.of(FIRST, 7L, SECOND, 7L));
        assertThat(consumer.position(FIRST)).isEqualTo(1);
        assertThat(consumer.position(SECOND)).isEqualTo(5);
    }

    private void read(TopicPartition partition, long offset) {
        consumer.addRecord(
                new ConsumerRecord<>(partition.topic(), partition.partition(), offset, new byte[1], new byte[1]));
        consumer.poll(Duration.ZERO);
    }
}
