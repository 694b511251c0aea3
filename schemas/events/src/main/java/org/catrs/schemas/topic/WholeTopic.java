// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.topic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * All partitions of a topic as one consumer reads them, which is in no group, commits nothing, and sees of transactions
 * what was committed. To be used by the consumer's thread.
 */
public final class WholeTopic {
    private final Consumer<?, ?> consumer;
    private final Map<TopicPartition, Long> ends;

    private WholeTopic(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        this.consumer = consumer;
        this.ends = ends;
    }

    /** A consumer of the kind that is needed. */
    public static KafkaConsumer<byte[], byte[]> consumer(Map<String, ?> properties) {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Gives a consumer all partitions of topics, to be read from their beginnings.
     *
     * @throws UnknownTopicOrPartitionException when there is no such topic
     */
    public static WholeTopic fromBeginning(Consumer<?, ?> consumer, String... topics) {
        List<TopicPartition> partitions = assign(consumer, topics);
        consumer.seekToBeginning(partitions);
        return new WholeTopic(consumer, consumer.endOffsets(partitions));
    }

    /**
     * Gives a consumer all partitions of topics, to be read from where they end now.
     *
     * @throws UnknownTopicOrPartitionException when there is no such topic
     */
    public static void fromEnd(Consumer<?, ?> consumer, String... topics) {
        List<TopicPartition> partitions = assign(consumer, topics);
        consumer.seekToEnd(partitions);
        // Seeking waits for the first poll, by which time more may have been sent; asking for the position does not.
        partitions.forEach(consumer::position);
    }

    private static List<TopicPartition> assign(Consumer<?, ?> consumer, String... topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            List<PartitionInfo> found = consumer.partitionsFor(topic);
            if (found.isEmpty()) {
                throw new UnknownTopicOrPartitionException("there is no topic " + topic);
            }
            found.forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
        }
        consumer.assign(partitions);
        return partitions;
    }

    /** Whether all is read that the topic held when its reading began. */
    public boolean isReadToItsEnd() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
