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
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.ImageOrigin;
import org.catrs.schemas.event.ImageRejection;
import org.catrs.schemas.serde.EventSerdes;
import org.catrs.schemas.topic.WholeTopic;

/** Reads certified predictions and rejected images, of committed transactions only, from all partitions of their topics. */
public final class AnswerConsumer implements AutoCloseable {
    private static final String SCHEMA_REGISTRY = "schema.registry.url";

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<CertifiedPrediction> deserializer;
    private final WatchedTopics topics;
    private final Consumer<String> complaints;

    private AnswerConsumer(
            KafkaConsumer<byte[], byte[]> consumer,
            Deserializer<CertifiedPrediction> deserializer,
            WatchedTopics topics,
            Consumer<String> complaints) {
        this.consumer = consumer;
        this.deserializer = deserializer;
        this.topics = topics;
        this.complaints = complaints;
    }

    /**
     * Starts to read; what is sent from now on is read.
     *
     * @param properties of a Kafka consumer; {@value #SCHEMA_REGISTRY} is needed for Avro that was written with one
     * @param topics that exist
     * @param fromBeginning whether to read what is there already as well
     * @param complaints is told of records that are no answers
     */
    public static AnswerConsumer open(
            Map<String, String> properties, WatchedTopics topics, boolean fromBeginning, Consumer<String> complaints) {
        Map<String, Object> settings = new HashMap<>(properties);
        Object registry = settings.remove(SCHEMA_REGISTRY);
        KafkaConsumer<byte[], byte[]> consumer = WholeTopic.consumer(settings);
        String[] names = topics.names().toArray(String[]::new);
        try {
            if (fromBeginning) {
                WholeTopic.fromBeginning(consumer, names);
            } else {
                WholeTopic.fromEnd(consumer, names);
            }
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
        return new AnswerConsumer(
                consumer,
                EventSerdes.deserializer(
                        CertifiedPrediction.class, registry == null ? null : URI.create(registry.toString())),
                topics,
                complaints);
    }

    /** The next answers; none when none come in time, or {@link #wakeUp} is called. */
    public List<ReceivedAnswer> poll(Duration patience) {
        List<ReceivedAnswer> answers = new ArrayList<>();
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

    private void add(ConsumerRecord<byte[], byte[]> message, List<ReceivedAnswer> answers) {
        String key = message.key() == null ? null : new String(message.key(), StandardCharsets.UTF_8);
        ImageOrigin place = new ImageOrigin(message.topic(), message.partition(), message.offset());
        String named = key == null ? place.toString() : place + " (" + key + ")";
        try {
            if (message.topic().equals(topics.rejected())) {
                Optional<ImageRejection> rejection = ImageRejection.of(message.headers());
                rejection.ifPresentOrElse(
                        found -> answers.add(new ReceivedRejection(key, place, found)),
                        () -> complaints.accept(named + " is no rejected image"));
                return;
            }
            CertifiedPrediction prediction = deserializer.deserialize(message.topic(), message.value());
            if (prediction == null) {
                complaints.accept(named + " has no value");
            } else {
                answers.add(new ReceivedPrediction(key, place, prediction));
            }
        } catch (SerializationException | InvalidDataException e) {
            complaints.accept(named + ": " + e.getMessage());
        }
    }
}
