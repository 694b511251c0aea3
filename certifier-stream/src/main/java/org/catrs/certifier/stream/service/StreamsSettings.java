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
import org.apache.kafka.streams.StreamsConfig;
import org.catrs.certifier.stream.settings.CertifierConfig;

/**
 * Kafka Streams' settings: what suits threads that never wait for an image, unless the configuration says otherwise. No
 * prefix is used, so that a setting wins with a prefix and without one.
 */
final class StreamsSettings {
    /** A thread takes and answers thousands of images a second; more would only make more transactions. */
    private static final int MOST_THREADS = 4;

    /** What a poll may bring beyond the limits of what is at hand. */
    private static final int RECORDS_PER_POLL = 8;

    /** A killed instance's transaction hides the answers behind it for so long. Ours take a tenth of a second. */
    private static final Duration TRANSACTION = Duration.ofSeconds(5);

    /** A thread waits for nothing but the brokers, whose outage should not cost it its partitions. */
    private static final Duration MAX_POLL_INTERVAL = Duration.ofMinutes(5);

    /** An outage of the brokers for which the service waits, not ready, before it stops. */
    static final Duration OUTAGE = Duration.ofDays(1);

    /** A killed instance's images go to others after this time; the brokers allow no less than 6 seconds. */
    private static final Duration SESSION = Duration.ofSeconds(10);

    /** While the group takes a member in, nothing is committed until all members have heard of it by a heartbeat. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    /** Partitions that are added to a topic are seen after this time. */
    private static final Duration METADATA_AGE = Duration.ofSeconds(10);

    private StreamsSettings() {}

    /**
     * The settings for a topic.
     *
     * @param partitions number of partitions of the images' topic
     * @param maxAnswerBytes largest batch that the topics of answers take
     */
    static StreamsConfig of(CertifierConfig config, int partitions, int maxAnswerBytes) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, Math.min(partitions, MOST_THREADS));
        settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, RECORDS_PER_POLL);
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, privateDirectory());
        settings.put(StreamsConfig.TASK_TIMEOUT_MS_CONFIG, OUTAGE.toMillis());
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_PER_POLL);
        settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, millis(MAX_POLL_INTERVAL));
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis(SESSION));
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, millis(HEARTBEAT));
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, millis(METADATA_AGE));
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, millis(TRANSACTION));
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxAnswerBytes);
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

    /** The topology keeps no state, so nothing is ever written here; instances on one machine must not share it. */
    private static String privateDirectory() {
        return Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "catrs-certifier-" + ProcessHandle.current().pid())
                .toString();
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
