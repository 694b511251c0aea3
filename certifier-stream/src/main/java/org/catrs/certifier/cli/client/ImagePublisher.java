// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteBufferSerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.catrs.certifier.smoothing.PlanRequest;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.dataset.OutgoingImage;
import org.catrs.schemas.topic.HeaderNames;
import org.jspecify.annotations.Nullable;

/** Sends images to a topic, and knows whether the brokers have them. */
public final class ImagePublisher implements AutoCloseable {
    private final Producer<String, ByteBuffer> producer;
    private final String topic;
    private final @Nullable String model;
    private final PlanRequest plan;
    private final Deque<Sent> unsettled = new ArrayDeque<>();
    private long acknowledged;
    private long failed;
    private @Nullable String firstFailure;

    ImagePublisher(Producer<String, ByteBuffer> producer, String topic, @Nullable String model, PlanRequest plan) {
        this.producer = producer;
        this.topic = topic;
        this.model = model;
        this.plan = plan;
    }

    /**
     * Connects to brokers; an image counts as sent when all in-sync replicas have it.
     *
     * @param model name of the model to certify the images with; null for the certifiers' default
     * @param plan target radius and deadline to ask for; what is null is left to the model and the certifiers
     */
    public static ImagePublisher connect(
            Map<String, ?> properties, String topic, @Nullable String model, PlanRequest plan) {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 20);
        return new ImagePublisher(
                new KafkaProducer<>(settings, new StringSerializer(), new ByteBufferSerializer()), topic, model, plan);
    }

    /** Sends an image; waits only while the producer's buffer is full. */
    public void send(OutgoingImage image) {
        ProducerRecord<String, ByteBuffer> message = new ProducerRecord<>(topic, image.key(), image.value());
        message.headers()
                .add(HeaderNames.CONTENT_TYPE, image.encoding().contentType().getBytes(StandardCharsets.UTF_8));
        if (model != null) {
            message.headers().add(HeaderNames.MODEL, model.getBytes(StandardCharsets.UTF_8));
        }
        add(message, HeaderNames.TARGET_RADIUS, plan.targetRadius());
        add(message, HeaderNames.DEADLINE, plan.deadlineSeconds());
        if (image.trueLabel() != null) {
            message.headers()
                    .add(HeaderNames.TRUE_LABEL, image.trueLabel().toString().getBytes(StandardCharsets.UTF_8));
        }
        unsettled.add(new Sent(image.key(), producer.send(message)));
        settle();
    }

    private static void add(ProducerRecord<String, ByteBuffer> message, String header, @Nullable Double value) {
        if (value != null) {
            message.headers().add(header, value.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Number of images that the brokers are known to have. */
    public long acknowledged() {
        return acknowledged;
    }

    /**
     * Waits until every image is acknowledged or has failed.
     *
     * @throws InvalidDataException when one has failed
     */
    public void finish() {
        producer.flush();
        settle();
        if (failed > 0) {
            throw new InvalidDataException(
                    failed + " images were not taken by the brokers, the first of them " + firstFailure);
        }
    }

    private void settle() {
        while (!unsettled.isEmpty() && unsettled.element().result().isDone()) {
            Sent sent = unsettled.remove();
            try {
                sent.result().get();
                acknowledged++;
            } catch (ExecutionException e) {
                failed++;
                if (firstFailure == null) {
                    firstFailure = sent.key() + ": " + e.getCause();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KafkaException("interrupted while sending images", e);
            }
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private record Sent(String key, Future<RecordMetadata> result) {}
}
