// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.catrs.schemas.json.JsonRecords;

/** The two ways in which an Avro record says what its schema is. */
final class AvroFraming {
    /** First byte of the Confluent wire format; the schema's id, 4 bytes big-endian, and the Avro data follow. */
    static final byte CONFLUENT_MAGIC = 0;

    private AvroFraming() {}

    /** Avro's single-object encoding: C3 01, the schema's 8-byte fingerprint, the data. */
    static <E extends Record> EventSerializer.Framing<E> singleObject(Schema schema) {
        BinaryMessageEncoder<GenericRecord> encoder = new BinaryMessageEncoder<>(new GenericData(), schema);
        return (topic, event) -> {
            try {
                ByteBuffer encoded = encoder.encode(AvroTree.toRecord(JsonRecords.toTree(event), schema));
                byte[] bytes = new byte[encoded.remaining()];
                encoded.get(bytes);
                return bytes;
            } catch (IOException e) {
                throw new UncheckedIOException("writing to memory does not fail", e);
            }
        };
    }

    /** The Confluent wire format, with the schema registered as {@code TOPIC-value}. */
    static <E extends Record> EventSerializer.Framing<E> confluent(Schema schema, SchemaRegistry registry) {
        GenericDatumWriter<GenericRecord> writer = new GenericDatumWriter<>(schema, new GenericData());
        return (topic, event) -> {
            int id = registry.register(topic + "-value", schema);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(CONFLUENT_MAGIC);
            out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(0, id).array());
            try {
                BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
                writer.write(AvroTree.toRecord(JsonRecords.toTree(event), schema), encoder);
                encoder.flush();
            } catch (IOException e) {
                throw new UncheckedIOException("writing to memory does not fail", e);
            }
            return out.toByteArray();
        };
    }
}
