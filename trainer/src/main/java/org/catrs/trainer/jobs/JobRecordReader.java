// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.catrs.schemas.event.TrainingJob;
import org.catrs.trainer.jobs.JobRecord.Cancellation;
import org.catrs.trainer.jobs.JobRecord.Malformed;
import org.catrs.trainer.jobs.JobRecord.Order;

/** Reads the records of the jobs' topic. */
final class JobRecordReader {
    /** Far more than a job needs; jobs that wait are held in memory. */
    static final int MOST_BYTES = 1 << 16;

    private final Deserializer<TrainingJob> deserializer;

    JobRecordReader(Deserializer<TrainingJob> deserializer) {
        this.deserializer = deserializer;
    }

    /**
     * Reads a record.
     *
     * @throws org.catrs.schemas.serde.SchemaRegistryException when it cannot be read now, which says nothing of it
     */
    JobRecord read(ConsumerRecord<String, byte[]> message) {
        String key = message.key();
        String id = key == null || key.isBlank()
                ? message.topic() + "-" + message.partition() + "-" + message.offset()
                : key;
        byte[] value = message.value();
        if (value == null) {
            return new Cancellation(id);
        }
        if (value.length > MOST_BYTES) {
            return new Malformed(id, "the job has " + value.length + " bytes, at most " + MOST_BYTES + " are allowed");
        }
        try {
            TrainingJob job = deserializer.deserialize(message.topic(), message.headers(), value);
            return job.id().equals(key)
                    ? new Order(job)
                    : new Malformed(
                            key == null ? job.id() : id,
                            "the record's key must be the job's id '" + job.id() + "', found "
                                    + (key == null ? "none" : "'" + key + "'"));
        } catch (SerializationException e) {
            return new Malformed(id, String.valueOf(e.getMessage()));
        }
    }
}
