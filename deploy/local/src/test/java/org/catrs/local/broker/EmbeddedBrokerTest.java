// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.topic.Topics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class EmbeddedBrokerTest {
    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(directory, 0);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void shouldHaveTheTopics() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            assertThat(admin.listTopics().names().get())
                    .contains(
                            Topics.IMAGES,
                            Topics.CERTIFIED_PREDICTIONS,
                            Topics.IMAGES_REJECTED,
                            Topics.CERTIFICATION_RATES,
                            Topics.SHIFT_EVENTS,
                            Topics.MODELS,
                            Topics.MODEL_STATUS,
                            Topics.TRAINING_JOBS,
                            Topics.TRAINING_STATUS);
        }
    }

    @Test
    void shouldKeepWhatWasSentWhenKilledAndRestarted() throws Exception {
        send("before the kill");
        broker.killForcibly();
        broker.restart();
        send("after the restart");
        assertThat(receive(2)).containsExactly("before the kill", "after the restart");
    }

    @Test
    void shouldRefuseADirectoryInUse() {
        assertThatThrownBy(() -> EmbeddedBroker.start(directory, 0))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("another broker works on " + directory);
    }

    @Test
    void shouldRefuseAPortInUse(@TempDir Path other) {
        int port = Integer.parseInt(broker.bootstrapServers().split(":")[1]);
        assertThatThrownBy(() -> EmbeddedBroker.start(other, port))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("port " + port + " cannot be used");
    }

    private static void send(String value) throws Exception {
        Map<String, Object> configuration = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (var producer = new KafkaProducer<>(configuration, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topics.TRAINING_JOBS, "key", value))
                    .get();
        }
    }

    private static List<String> receive(int records) {
        Map<String, Object> configuration = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (var consumer = new KafkaConsumer<>(configuration, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.TRAINING_JOBS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<String> values = new ArrayList<>();
            // A poll may end without records, as when the broker's addresses were learned anew.
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (values.size() < records && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }
}
