// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.serde;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.Event;
import org.catrs.schemas.event.EventSchemas;
import org.catrs.schemas.json.JsonRecords;
import org.jspecify.annotations.Nullable;

/** Reads events of one type in any of their formats. */
final class EventDeserializer<E extends Record & Event> implements Deserializer<E> {
    /** First byte of the Avro single-object encoding; no JSON begins with it. */
    private static final byte SINGLE_OBJECT_MAGIC = (byte) 0xC3;

    private static final byte SINGLE_OBJECT_VERSION = 1;
    private static final int SINGLE_OBJECT_HEADER_BYTES = 2 + Long.BYTES;

    private static final int CONFLUENT_HEADER_BYTES = 1 + Integer.BYTES;

    private final Class<E> type;
    private final @Nullable SchemaRegistry registry;
    private final Schema schema;
    private final Map<Long, Schema> byFingerprint = new HashMap<>();

    EventDeserializer(Class<E> type, @Nullable SchemaRegistry registry) {
        this.type = type;
        this.registry = registry;
        this.schema = EventSchemas.avro(type);
        Stream.concat(Stream.of(schema), EventSchemas.earlierAvro(type).stream())
                .forEach(version -> byFingerprint.put(SchemaNormalization.parsingFingerprint64(version), version));
    }

    @Override
    public @Nullable E deserialize(String topic, byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        try {
            return read(value);
        } catch (InvalidDataException e) {
            throw new SerializationException(
                    "a record of " + topic + " is no " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    private E read(byte[] value) {
        if (value.length == 0) {
            throw new InvalidDataException("it is empty");
        }
        return switch (value[0]) {
            case SINGLE_OBJECT_MAGIC -> fromAvro(readSingleObject(value));
            case AvroFraming.CONFLUENT_MAGIC -> fromAvro(readConfluent(value));
            default -> JsonRecords.read(value, type);
        };
    }

    private E fromAvro(GenericRecord datum) {
        return JsonRecords.fromTree(AvroTree.toTree(datum), type);
    }

    private GenericRecord readSingleObject(byte[] value) {
        if (value.length < SINGLE_OBJECT_HEADER_BYTES || value[1] != SINGLE_OBJECT_VERSION) {
            throw new InvalidDataException("it is neither JSON nor a whole Avro single object");
        }
        long found = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
        Schema written = byFingerprint.get(found);
        if (written == null) {
            String known = byFingerprint.keySet().stream()
                    .map(fingerprint -> String.format("%016x", fingerprint))
                    .collect(Collectors.joining(" or "));
            throw new InvalidDataException(
                    String.format("it needs an Avro schema of fingerprint %s, found %016x", known, found));
        }
        return AvroData.read(written, schema, value, SINGLE_OBJECT_HEADER_BYTES);
    }

    private GenericRecord readConfluent(byte[] value) {
        if (value.length < CONFLUENT_HEADER_BYTES) {
            throw new InvalidDataException("it is cut off in the id of its schema");
        }
        if (registry == null) {
            throw new InvalidDataException("it names its schema by an id, which needs a schema registry");
        }
        int id = ByteBuffer.wrap(value).getInt(1);
        Schema written = registry.schema(id)
                .orElseThrow(() ->
                        new InvalidDataException("the schema registry has no schema " + Integer.toUnsignedString(id)));
        return AvroData.read(written, schema, value, CONFLUENT_HEADER_BYTES);
    }
}
