// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.held;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** How many bytes records take in Kafka's format, at most, when each is sent in a batch of its own. */
public final class RecordSize {
    /** A batch's head is 61 bytes; a record's length, attributes, time and offset take at most 21. */
    private static final int BATCH_AND_RECORD = 61 + 21;

    /** A length is a number of variable size. */
    private static final int LENGTH = 5;

    private RecordSize() {}

    /** Size of a whole record. */
    public static long of(Record<byte[], byte[]> message) {
        return of(message.key(), message.value(), message.headers());
    }

    /** Size of a record of these parts. */
    public static long of(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        return BATCH_AND_RECORD + of(key) + of(value) + of(headers);
    }

    /** What a key or a value takes. */
    public static long of(byte @Nullable [] bytes) {
        return LENGTH + (bytes == null ? 0L : bytes.length);
    }

    /** What headers take. Their names are UTF-8. */
    public static long of(Headers headers) {
        long size = LENGTH;
        for (Header header : headers) {
            size += LENGTH + header.key().getBytes(StandardCharsets.UTF_8).length + of(header.value());
        }
        return size;
    }
}
