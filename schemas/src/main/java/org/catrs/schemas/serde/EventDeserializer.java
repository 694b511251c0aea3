// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.serde;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageDecoder;
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

    private static final int CONFLUENT_HEADER_BYTES = 1 + Integer.BYTES;

    private final Class<E> type;
    private final @Nullable SchemaRegistry registry;
    private final Schema schema;
    private final BinaryMessageDecoder<GenericRecord> singleObjects;

    EventDeserializer(Class<E> type, @Nullable SchemaRegistry registry) {
        this.type = type;
        this.registry = registry;
        this.schema = EventSchemas.avro(type);
        this.singleObjects = new BinaryMessageDecoder<>(new GenericData(), schema);
    }

    @Override
    public @Nullable E deserialize(String topic, byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        try {
            return read(value);
        } catch (InvalidDataException | AvroRuntimeException | IOException e) {
            throw new SerializationException(
                    "a record of " + topic + " is no " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    private E read(byte[] value) throws IOException {
        if (value.length == 0) {
            throw new InvalidDataException("it is empty");
        }
        return switch (value[0]) {
            case SINGLE_OBJECT_MAGIC -> fromAvro(singleObjects.decode(value));
            case AvroFraming.CONFLUENT_MAGIC -> fromAvro(readConfluent(value));
            default -> JsonRecords.read(value, type);
        };
    }

    private E fromAvro(GenericRecord datum) {
        return JsonRecords.fromTree(AvroTree.toTree(datum), type);
    }

    private GenericRecord readConfluent(byte[] value) throws IOException {
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
        byte[] data = Arrays.copyOfRange(value, CONFLUENT_HEADER_BYTES, value.length);
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(data, null);
        return new GenericDatumReader<GenericRecord>(written, schema, new GenericData()).read(null, decoder);
    }
}
