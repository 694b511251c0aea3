// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.catrs.program.settings.KafkaKeys;

/** The trainer's Kafka clients, from its configuration. Settings may be meant for one of them: {@code consumer.*}. */
final class TrainerClients {
    private static final String CONSUMER = "consumer.";
    private static final String PRODUCER = "producer.";

    /** What a dead instance's job waits for; Kafka's default would be 45 seconds. */
    private static final String SESSION_MILLIS = "10000";

    private static final String HEARTBEAT_MILLIS = "3000";
    private static final String TRANSACTION_MILLIS = "30000";
    /** The consumer asks for no records meanwhile. */
    private static final String BLOCK_MILLIS = "15000";

    private static final String BUFFER_BYTES = Integer.toString(4 << 20);

    private final Map<String, String> given;
    private final String group;

    TrainerClients(TrainerConfig config) {
        this.given = config.kafka();
        this.group = config.group();
    }

    /** @param busyPartition number of the partition whose job is worked at; negative when there is none */
    KafkaConsumer<String, byte[]> consumer(IntSupplier busyPartition) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
        settings.putAll(common(CONSUMER, ConsumerConfig.configNames()));
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
        settings.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(BusyPartitionAssignor.class.getName()));
        settings.put(BusyPartitionAssignor.BUSY_PARTITION, busyPartition);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** A producer of which there is one at a time for each partition of jobs, in the whole group. */
    KafkaProducer<String, byte[]> producer(TopicPartition partition) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        settings.putAll(common(PRODUCER, ProducerConfig.configNames()));
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group + "-" + partition);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    Map<String, Object> admin() {
        return common("admin.", AdminClientConfig.configNames());
    }

    /** Settings that no client knows, in alphabetical order. */
    List<String> unknownKeys() {
        return given.keySet().stream()
                .filter(key -> !KafkaKeys.isKnown(key))
                .sorted()
                .toList();
    }

    private Map<String, Object> common(String prefix, Set<String> names) {
        Map<String, Object> settings = new HashMap<>();
        given.forEach((key, value) -> {
            if (names.contains(key)) {
                settings.put(key, value);
            }
        });
        given.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                settings.put(key.substring(prefix.length()), value);
            }
        });
        return settings;
    }
}
