// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.event.ModelStatus;
import org.catrs.schemas.event.ModelStatus.State;
import org.catrs.schemas.serde.EventFormat;
import org.catrs.schemas.serde.EventSerdes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a topic what this instance makes of releases. What cannot be told there stands in the log all the same. */
final class StatusTopic implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusTopic.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String topic;
    private final String instance;
    private final Producer<String, ModelStatus> producer;

    StatusTopic(String topic, String instance, Producer<String, ModelStatus> producer) {
        this.topic = topic;
        this.instance = instance;
        this.producer = producer;
    }

    /**
     * @param instance names this process, as HOST:PORT
     * @param properties of a Kafka producer
     */
    static StatusTopic open(String topic, String instance, Map<String, Object> properties) {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return new StatusTopic(
                topic,
                instance,
                new KafkaProducer<>(
                        settings,
                        new StringSerializer(),
                        EventSerdes.serializer(ModelStatus.class, EventFormat.JSON, null)));
    }

    void tell(
            State state,
            String name,
            @Nullable ModelRelease release,
            Optional<CertifiedPrediction.Model> served,
            @Nullable RefusedReleaseException refusal) {
        ModelStatus status = new ModelStatus(
                name,
                instance,
                state,
                release == null ? null : release.version(),
                release == null ? null : release.sha256(),
                served.map(CertifiedPrediction.Model::version).orElse(null),
                served.map(CertifiedPrediction.Model::sha256).orElse(null),
                refusal == null ? null : refusal.reason().name(),
                refusal == null ? null : String.valueOf(refusal.getMessage()));
        try {
            var unused = producer.send(new ProducerRecord<>(topic, status.key(), status), (metadata, error) -> {
                if (error != null) {
                    LOG.error("{} was not told {}", topic, status, error);
                }
            });
        } catch (KafkaException e) {
            LOG.error("{} was not told {}", topic, status, e);
        }
    }

    @Override
    public void close() {
        producer.close(PATIENCE);
    }
}
