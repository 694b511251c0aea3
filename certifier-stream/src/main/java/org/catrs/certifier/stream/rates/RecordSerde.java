// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.catrs.schemas.json.JsonRecords;

/** Records as JSON, for topics and stores that the topology alone reads. */
final class RecordSerde<T extends Record> implements Serde<T> {
    private final Class<T> type;

    RecordSerde(Class<T> type) {
        this.type = type;
    }

    @Override
    public Serializer<T> serializer() {
        return (topic, value) -> value == null ? null : JsonRecords.write(value);
    }

    @Override
    public Deserializer<T> deserializer() {
        return (topic, json) -> json == null ? null : JsonRecords.read(json, type);
    }
}
