// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.catrs.schemas.event.Event;
import org.catrs.schemas.serde.EventSerdes;
import org.catrs.schemas.topic.WholeTopic;

/** Reads what a compacted topic holds now: the last event of each key. */
public final class CompactedTopic {
    private static final String SCHEMA_REGISTRY = "schema.registry.url";
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private CompactedTopic() {}

    /**
     * Reads a topic up to its present end.
     *
     * @param properties of a Kafka consumer; {@value #SCHEMA_REGISTRY} is needed for Avro that was written with one
     * @param topic a topic that exists
     * @param complaints is told of records that are no such events
     */
    public static <E extends Record & Event> SortedMap<String, Latest<E>> read(
            Map<String, String> properties, String topic, Class<E> type, Consumer<String> complaints) {
        Map<String, Object> settings = new HashMap<>(properties);
        Object registry = settings.remove(SCHEMA_REGISTRY);
        Deserializer<E> deserializer =
                EventSerdes.deserializer(type, registry == null ? null : URI.create(registry.toString()));
        SortedMap<String, Latest<E>> latest = new TreeMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = WholeTopic.consumer(settings)) {
            WholeTopic whole = WholeTopic.fromBeginning(consumer, topic);
            while (!whole.isReadToItsEnd()) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(PATIENCE)) {
                    add(message, deserializer, latest, complaints);
                }
            }
        }
        return latest;
    }

    private static <E> void add(
            ConsumerRecord<byte[], byte[]> message,
            Deserializer<E> deserializer,
            Map<String, Latest<E>> latest,
            Consumer<String> complaints) {
        String key = message.key() == null ? "" : new String(message.key(), StandardCharsets.UTF_8);
        try {
            E event = deserializer.deserialize(message.topic(), message.value());
            if (event == null) {
                latest.remove(key);
            } else {
                latest.put(key, new Latest<>(event, Instant.ofEpochMilli(message.timestamp())));
            }
        } catch (SerializationException e) {
            complaints.accept(message.topic() + "-" + message.partition() + "@" + message.offset() + " (" + key + "): "
                    + e.getMessage());
        }
    }

    /**
     * The last event of a key.
     *
     * @param time when it was sent
     */
    public record Latest<E>(E event, Instant time) {}
}
