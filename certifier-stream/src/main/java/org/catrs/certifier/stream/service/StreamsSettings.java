// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.GroupProtocol;
import org.apache.kafka.streams.StreamsConfig;
import org.catrs.certifier.stream.settings.CertifierConfig;

/**
 * Kafka Streams' settings: what suits records that take seconds each, unless the configuration says otherwise. No
 * prefix is used, so that a setting wins with a prefix and without one.
 */
final class StreamsSettings {
    /** Beyond these, threads would only wait for the cores. */
    private static final int MOST_THREADS = 8;

    /** Records that wait in memory: one that is worked on, and enough behind it to hide a fetch. */
    private static final int BUFFERED_RECORDS = 8;

    private static final Duration SHORTEST_POLL_INTERVAL = Duration.ofMinutes(5);
    private static final Duration SHORTEST_TRANSACTION = Duration.ofSeconds(10);

    /** The brokers' {@code transaction.max.timeout.ms}, unless they are told otherwise. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(15);

    /** A killed instance's images go to others after this time; the brokers allow no less than 6 seconds. */
    private static final Duration SESSION = Duration.ofSeconds(10);

    private StreamsSettings() {}

    /**
     * The settings for a topic.
     *
     * @param partitions number of partitions of the images' topic
     * @param maxRejectedBytes largest batch that the topic of rejected images takes
     */
    static StreamsConfig of(CertifierConfig config, int partitions, int maxRejectedBytes) {
        Map<String, Object> settings = new HashMap<>();
        int threads = threads(config, partitions);
        // With one partition for each thread, a transaction begins after an image is certified and ends right then.
        // Further partitions' images are certified within it, and a killed instance's transaction blocks its partitions
        // until it times out.
        long tasks = (partitions + threads - 1L) / threads;
        Duration others = config.slowestRecord().multipliedBy(tasks - 1);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, BUFFERED_RECORDS);
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, privateDirectory());
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BUFFERED_RECORDS);
        if (!GroupProtocol.STREAMS.name.equalsIgnoreCase(config.kafka().get(StreamsConfig.GROUP_PROTOCOL_CONFIG))) {
            settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis(SESSION));
        }
        settings.put(
                ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                millis(longer(SHORTEST_POLL_INTERVAL, config.slowestRecord().multipliedBy(4 * tasks))));
        settings.put(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                millis(shorter(LONGEST_TRANSACTION, SHORTEST_TRANSACTION.plus(others.multipliedBy(2)))));
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRejectedBytes);
        settings.putAll(config.kafka());
        return new StreamsConfig(settings);
    }

    /** The largest batch of records that the producer can send to a topic with a limit. */
    static int maxRecordBytes(StreamsConfig settings, int topicsLimit) {
        ProducerConfig producer = new ProducerConfig(producerProperties(settings));
        long memory = producer.getLong(ProducerConfig.BUFFER_MEMORY_CONFIG);
        int request = producer.getInt(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
        return (int) Math.min(memory, Math.min(request, topicsLimit));
    }

    private static Map<String, Object> producerProperties(StreamsConfig settings) {
        Map<String, Object> properties = new HashMap<>(settings.getProducerConfigs(""));
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return properties;
    }

    private static int threads(CertifierConfig config, int partitions) {
        String given = config.kafka().get(StreamsConfig.NUM_STREAM_THREADS_CONFIG);
        return given == null ? Math.min(partitions, MOST_THREADS) : Integer.parseInt(given.strip());
    }

    /** The topology keeps no state, so nothing is ever written here; instances on one machine must not share it. */
    private static String privateDirectory() {
        return Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "catrs-certifier-" + ProcessHandle.current().pid())
                .toString();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
