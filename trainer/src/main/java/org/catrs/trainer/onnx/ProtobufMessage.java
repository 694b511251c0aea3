// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A protocol buffer message as it grows, in the wire format: fields in the order in which they are added. */
final class ProtobufMessage {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Adds an integer or enumeration field. */
    ProtobufMessage integer(int field, long value) {
        varint(((long) field << 3) | VARINT);
        varint(value);
        return this;
    }

    /** Adds a string field. */
    ProtobufMessage text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a message field. */
    ProtobufMessage message(int field, ProtobufMessage value) {
        return bytes(field, value.toByteArray());
    }

    /** Adds a field of bytes. */
    ProtobufMessage bytes(int field, byte[] value) {
        varint(((long) field << 3) | LENGTH_DELIMITED);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }

    /** Seven bits a byte, the lowest first; all but the last byte have the top bit set. */
    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
