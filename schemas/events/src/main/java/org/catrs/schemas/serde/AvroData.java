// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.serde;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.catrs.schemas.InvalidDataException;

/** Reads Avro data that may be damaged. */
final class AvroData {
    private AvroData() {}

    /**
     * Reads a record.
     *
     * @param written the schema that it was written with
     * @param wanted the schema to read it as
     * @throws InvalidDataException when the data does not end where its schema says, or does not fit the wanted schema
     */
    static GenericRecord read(Schema written, Schema wanted, byte[] value, int offset) {
        int length = value.length - offset;
        try {
            // Avro allocates what a length in the data asks for, before it looks whether the bytes are there; skipping
            // through the data first finds out without allocating.
            BinaryDecoder measured = DecoderFactory.get().binaryDecoder(value, offset, length, null);
            GenericDatumReader.skip(written, measured);
            if (!measured.isEnd()) {
                throw new InvalidDataException("bytes follow its Avro data");
            }
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, offset, length, null);
            return new GenericDatumReader<GenericRecord>(written, wanted, new GenericData()).read(null, decoder);
        } catch (InvalidDataException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new InvalidDataException("its Avro data is damaged: " + e, e);
        }
    }
}
