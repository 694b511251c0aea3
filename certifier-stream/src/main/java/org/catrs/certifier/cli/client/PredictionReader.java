// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.serde.EventSerdes;
import org.catrs.schemas.topic.WholeTopic;

/** Reads certified predictions, of committed transactions only, from all partitions of a topic. */
public final class PredictionReader implements AutoCloseable {
    private static final String SCHEMA_REGISTRY = "schema.registry.url";

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<CertifiedPrediction> deserializer;
    private final Consumer<String> complaints;

    private PredictionReader(
            KafkaConsumer<byte[], byte[]> consumer,
            Deserializer<CertifiedPrediction> deserializer,
            Consumer<String> complaints) {
        this.consumer = consumer;
        this.deserializer = deserializer;
        this.complaints = complaints;
    }

    /**
     * Starts to read; what is sent from now on is read.
     *
     * @param properties of a Kafka consumer; {@value #SCHEMA_REGISTRY} is needed for Avro that was written with one
     * @param topic a topic that exists
     * @param fromBeginning whether to read what is there already as well
     * @param complaints is told of records that are no predictions
     */
    public static PredictionReader open(
            Map<String, String> properties, String topic, boolean fromBeginning, Consumer<String> complaints) {
        Map<String, Object> settings = new HashMap<>(properties);
        Object registry = settings.remove(SCHEMA_REGISTRY);
        KafkaConsumer<byte[], byte[]> consumer = WholeTopic.consumer(settings);
        try {
            if (fromBeginning) {
                WholeTopic.fromBeginning(consumer, topic);
            } else {
                WholeTopic.fromEnd(consumer, topic);
            }
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
        return new PredictionReader(
                consumer,
                EventSerdes.deserializer(
                        CertifiedPrediction.class, registry == null ? null : URI.create(registry.toString())),
                complaints);
    }

    /** The next predictions; none when none come in time, or {@link #wakeUp} is called. */
    public List<ReceivedPrediction> poll(Duration patience) {
        List<ReceivedPrediction> answers = new ArrayList<>();
        try {
            for (ConsumerRecord<byte[], byte[]> message : consumer.poll(patience)) {
                add(message, answers);
            }
        } catch (WakeupException e) {
            return answers;
        }
        return answers;
    }

    /** Ends a {@link #poll}; the only method that another thread may call. */
    public void wakeUp() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void add(ConsumerRecord<byte[], byte[]> message, List<ReceivedPrediction> answers) {
        String key = message.key() == null ? "" : new String(message.key(), StandardCharsets.UTF_8);
        String place = message.topic() + "-" + message.partition() + "@" + message.offset();
        try {
            CertifiedPrediction prediction = deserializer.deserialize(message.topic(), message.value());
            if (prediction == null) {
                complaints.accept(place + " (" + key + ") has no value");
            } else {
                answers.add(new ReceivedPrediction(key, prediction));
            }
        } catch (SerializationException e) {
            complaints.accept(place + " (" + key + "): " + e.getMessage());
        }
    }
}
