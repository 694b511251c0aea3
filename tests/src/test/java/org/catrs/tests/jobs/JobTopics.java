// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.jobs;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.event.TrainingJob;
import org.catrs.schemas.event.TrainingStatus;
import org.catrs.schemas.event.TrainingStatus.State;
import org.catrs.schemas.serde.EventFormat;
import org.catrs.schemas.serde.EventSerdes;
import org.catrs.schemas.topic.Topics;
import org.catrs.tests.stream.CommittedRecords;
import org.jspecify.annotations.Nullable;

/** The topics of jobs, as whoever orders models sees them: committed records alone. */
final class JobTopics implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final String bootstrapServers;
    private final KafkaProducer<String, byte[]> producer;
    private final CommittedRecords statuses;
    private final CommittedRecords releases;
    private final Deserializer<TrainingStatus> statusReader = EventSerdes.deserializer(TrainingStatus.class, null);
    private final Deserializer<ModelRelease> releaseReader = EventSerdes.deserializer(ModelRelease.class, null);

    JobTopics(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new StringSerializer(),
                new ByteArraySerializer());
        statuses = new CommittedRecords(bootstrapServers, Topics.TRAINING_STATUS);
        releases = new CommittedRecords(bootstrapServers, Topics.MODELS);
    }

    /** A job on a folder of digits, of epochs that take about a second. */
    static TrainingJob job(String id, String model, int epochs) {
        return new TrainingJob(
                id,
                model,
                "folder",
                null,
                Map.of(
                        "method",
                        "gaussian",
                        "sigma",
                        "0.25",
                        "batch",
                        "64",
                        "learning-rate",
                        "0.05",
                        "nesterov",
                        "true",
                        "schedule",
                        "one-cycle",
                        "epochs",
                        Integer.toString(epochs)));
    }

    void order(TrainingJob job, EventFormat format) {
        send(job.id(), EventSerdes.serializer(TrainingJob.class, format, null).serialize(Topics.TRAINING_JOBS, job));
    }

    void order(TrainingJob job) {
        order(job, EventFormat.JSON);
    }

    void cancel(String id) {
        send(id, null);
    }

    void send(String key, byte @Nullable [] value) {
        producer.send(new ProducerRecord<>(Topics.TRAINING_JOBS, key, value));
        producer.flush();
    }

    void sendText(String key, String value) {
        send(key, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Waits for a status, from the first record on, and gives the first that there is. */
    TrainingStatus await(String id, Predicate<TrainingStatus> condition) {
        List<ConsumerRecord<String, byte[]>> records = statuses.pollUntil(
                LIMIT, told -> told.stream().anyMatch(one -> one.key().equals(id) && condition.test(status(one))));
        return records.stream()
                .filter(one -> one.key().equals(id))
                .map(this::status)
                .filter(condition)
                .findFirst()
                .orElseThrow();
    }

    TrainingStatus await(String id, State state) {
        return await(id, status -> status.state() == state);
    }

    /** All statuses of a job up to now. */
    List<TrainingStatus> statuses(String id) {
        return statuses.pollToEnd(LIMIT).stream()
                .filter(one -> one.key().equals(id))
                .map(this::status)
                .toList();
    }

    /** All releases of a model up to now, also those behind a transaction that is open now. */
    List<ModelRelease> releases(String model) {
        return of(model, releases.pollToEnd(LIMIT));
    }

    /** The releases of a model that a reader gets now. */
    List<ModelRelease> releasesSoFar(String model) {
        return of(model, releases.poll());
    }

    private List<ModelRelease> of(String model, List<ConsumerRecord<String, byte[]>> all) {
        return all.stream()
                .filter(one -> one.key().equals(model))
                .map(one -> releaseReader.deserialize(one.topic(), one.value()))
                .toList();
    }

    /** Waits until a release is sent, whether it is committed or not. */
    void awaitUncommittedRelease(String model) {
        TopicPartition partition = new TopicPartition(Topics.MODELS, 0);
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Awaitility.await("release of " + model).atMost(LIMIT).until(() -> {
                boolean found = false;
                for (ConsumerRecord<String, byte[]> one : consumer.poll(Duration.ofMillis(100))) {
                    found |= one.key().equals(model);
                }
                return found;
            });
        }
    }

    private TrainingStatus status(ConsumerRecord<String, byte[]> message) {
        return statusReader.deserialize(message.topic(), message.value());
    }

    @Override
    public void close() {
        producer.close();
        statuses.close();
        releases.close();
    }
}
