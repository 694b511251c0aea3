// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.catrs.schemas.DaemonThreads;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.serde.EventSerdes;
import org.catrs.schemas.serde.SchemaRegistryException;
import org.catrs.schemas.topic.WholeTopic;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic of models from its beginning, and goes on until it is closed, on a thread of its own. Whatever a
 * record says and whatever becomes of the brokers, it reads on.
 */
final class ModelsTopic implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelsTopic.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final String topic;
    private final Consumer<byte[], byte[]> consumer;
    private final Deserializer<ModelRelease> deserializer;
    private final BiConsumer<String, ModelChange> changes;
    private final Runnable caughtUp;
    private final Thread thread = DaemonThreads.named("models-topic").newThread(this::follow);
    private volatile boolean closed;

    /**
     * @param changes is told each record's model and change, in the topic's order
     * @param caughtUp called once, after the changes that the topic held when the reading began
     */
    ModelsTopic(
            String topic,
            Consumer<byte[], byte[]> consumer,
            Deserializer<ModelRelease> deserializer,
            BiConsumer<String, ModelChange> changes,
            Runnable caughtUp) {
        this.topic = topic;
        this.consumer = consumer;
        this.deserializer = deserializer;
        this.changes = changes;
        this.caughtUp = caughtUp;
    }

    /**
     * Begins to read.
     *
     * @param properties of a Kafka consumer
     * @param registry address of a schema registry for releases in Avro; null where there is none
     * @param changes see the constructor
     * @param caughtUp see the constructor
     */
    static ModelsTopic follow(
            String topic,
            Map<String, Object> properties,
            @Nullable URI registry,
            BiConsumer<String, ModelChange> changes,
            Runnable caughtUp) {
        ModelsTopic follower = new ModelsTopic(
                topic,
                WholeTopic.consumer(properties),
                EventSerdes.deserializer(ModelRelease.class, registry),
                changes,
                caughtUp);
        follower.start();
        return follower;
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try (consumer) {
            WholeTopic whole = null;
            boolean isCaughtUp = false;
            while (!closed) {
                try {
                    if (whole == null) {
                        whole = WholeTopic.fromBeginning(consumer, topic);
                    }
                    tell(consumer.poll(PATIENCE));
                    if (!isCaughtUp && whole.isReadToItsEnd()) {
                        isCaughtUp = true;
                        caughtUp.run();
                    }
                } catch (WakeupException | InterruptException e) {
                    LOG.debug("closing", e);
                } catch (InvalidOffsetException e) {
                    LOG.warn("the topic {} has been made anew, and is read from its beginning", topic, e);
                    whole = null;
                } catch (KafkaException e) {
                    LOG.error(
                            "the topic {} cannot be read; the models that are served stay, and it is tried again",
                            topic,
                            e);
                    pause();
                }
            }
        }
    }

    private void tell(ConsumerRecords<byte[], byte[]> messages) {
        for (TopicPartition partition : messages.partitions()) {
            for (ConsumerRecord<byte[], byte[]> message : messages.records(partition)) {
                try {
                    tell(message);
                } catch (SchemaRegistryException e) {
                    LOG.error("{}@{} cannot be read now, and is tried again", partition, message.offset(), e);
                    consumer.seek(partition, message.offset());
                    pause();
                    break;
                }
            }
        }
    }

    private void tell(ConsumerRecord<byte[], byte[]> message) {
        String name = message.key() == null ? "" : new String(message.key(), StandardCharsets.UTF_8);
        if (name.isBlank()) {
            LOG.error(
                    "{}-{}@{} has no key, which must be the model's name: passed over",
                    topic,
                    message.partition(),
                    message.offset());
            return;
        }
        changes.accept(name, change(name, message));
    }

    private ModelChange change(String name, ConsumerRecord<byte[], byte[]> message) {
        try {
            ModelRelease release = deserializer.deserialize(topic, message.headers(), message.value());
            if (release == null) {
                return new ModelChange.Retired();
            }
            return release.name().equals(name)
                    ? new ModelChange.Released(release)
                    : new ModelChange.Unreadable(
                            "the record's key must be the model's name '" + release.name() + "', found '" + name + "'");
        } catch (SerializationException e) {
            return new ModelChange.Unreadable("the record is no release: " + e.getMessage());
        }
    }

    private void pause() {
        try {
            Thread.sleep(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }
}
