// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.event.TrainingStatus;

/** Makes records of the events that the trainer sends. */
final class EventRecords {
    private final String statusTopic;
    private final String modelsTopic;
    private final Serializer<TrainingStatus> statuses;
    private final Serializer<ModelRelease> releases;

    EventRecords(TrainerConfig config) {
        this.statusTopic = config.statusTopic();
        this.modelsTopic = config.modelsTopic();
        this.statuses = config.events(TrainingStatus.class);
        this.releases = config.events(ModelRelease.class);
    }

    ProducerRecord<String, byte[]> status(TrainingStatus status) {
        return message(statusTopic, status.id(), status, statuses);
    }

    ProducerRecord<String, byte[]> release(ModelRelease release) {
        return message(modelsTopic, release.name(), release, releases);
    }

    private static <E> ProducerRecord<String, byte[]> message(
            String topic, String key, E event, Serializer<E> serializer) {
        RecordHeaders headers = new RecordHeaders();
        byte[] value = serializer.serialize(topic, headers, event);
        return new ProducerRecord<>(topic, null, key, value, headers);
    }
}
