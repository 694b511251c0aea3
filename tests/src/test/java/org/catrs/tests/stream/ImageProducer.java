// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.stream;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.catrs.schemas.topic.Topics;
import org.jspecify.annotations.Nullable;

/** A plain Kafka producer of images. */
public final class ImageProducer implements AutoCloseable {
    private final KafkaProducer<String, byte[]> producer;

    public ImageProducer(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Sends a record with these headers. */
    public void send(String key, byte @Nullable [] value, Map<String, String> headers) {
        ProducerRecord<String, byte[]> imageRecord = new ProducerRecord<>(Topics.IMAGES, key, value);
        headers.forEach((name, text) -> imageRecord.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        producer.send(imageRecord);
    }

    /** Sends a PNG. */
    public void sendPng(String key, byte[] value) {
        send(key, value, Map.of("content-type", "image/png"));
    }

    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
