// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.stream;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** All committed records of a topic, as a consumer with {@code isolation.level=read_committed} sees them. */
public final class CommittedRecords implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;
    private final Admin admin;
    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();

    public CommittedRecords(String bootstrapServers, String topic) {
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads on, and gives all records up to now. */
    public List<ConsumerRecord<String, byte[]>> poll() {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
        return List.copyOf(records);
    }

    /** Reads on until the records up to now are as they should be. */
    public List<ConsumerRecord<String, byte[]>> pollUntil(
            Duration limit, Predicate<List<ConsumerRecord<String, byte[]>>> condition) {
        return await().atMost(limit)
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(20))
                .until(this::poll, condition);
    }

    /**
     * Reads to what is now the end of the topic. Where a transaction is open, that takes until it has ended: a killed
     * producer's hides what others committed behind it, until the broker aborts it.
     */
    public List<ConsumerRecord<String, byte[]>> pollToEnd(Duration limit) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        consumer.assignment().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(latest)
                .all()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return pollUntil(
                limit,
                ignored -> ends.entrySet().stream()
                        .allMatch(end -> consumer.position(end.getKey())
                                >= end.getValue().offset()));
    }

    @Override
    public void close() {
        consumer.close();
        admin.close();
    }
}
