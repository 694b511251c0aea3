// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.catrs.certifier.stream.intake.Fault;
import org.catrs.certifier.stream.intake.RejectedImageException;
import org.catrs.schemas.topic.HeaderNames;
import org.jspecify.annotations.Nullable;

/**
 * Writes rejected images: the record as it came, and headers that say why and whence. Those that Kafka Streams has
 * names for, in its own dead letters, have these names, so that tools for dead letters read them.
 */
final class RejectedRecords {
    private static final int MOST_MESSAGE_CHARACTERS = 1_000;
    private static final int MOST_STACK_TRACE_CHARACTERS = 4_000;

    /** More than what a batch, a record and the lengths of its headers take beside their content. */
    private static final int OVERHEAD_BYTES = 512;

    private static final int HEADER_OVERHEAD_BYTES = 8;

    private final int maxBytes;

    /** @param maxBytes largest batch of records that may be sent to the topic */
    RejectedRecords(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * The record that says why an image was rejected. What makes it too large to be sent is left out, the value first:
     * the origin in its headers tells where the whole image can be read.
     */
    Record<byte[], Object> of(
            Record<byte[], byte[]> image, RejectedImageException rejection, @Nullable RecordMetadata origin) {
        Record<byte[], Object> reasons = new Record<>(null, null, image.timestamp());
        addReasons(reasons.headers(), rejection, origin);
        int room = maxBytes - OVERHEAD_BYTES - size(reasons.headers());
        boolean keyFits = length(image.key()) <= room;
        room -= keyFits ? length(image.key()) : 0;
        boolean headersFit = size(image.headers()) <= room;
        room -= headersFit ? size(image.headers()) : 0;
        boolean valueFits = length(image.value()) <= room;

        Record<byte[], Object> rejected = new Record<>(
                keyFits ? image.key() : null,
                valueFits ? image.value() : null,
                image.timestamp(),
                headersFit ? image.headers() : null);
        for (Header reason : reasons.headers()) {
            rejected.headers().remove(reason.key()).add(reason);
        }
        if (!(keyFits && headersFit && valueFits)) {
            add(rejected.headers(), HeaderNames.ERROR_OMITTED, omitted(keyFits, headersFit, valueFits));
        }
        return rejected;
    }

    private static void addReasons(Headers headers, RejectedImageException rejection, @Nullable RecordMetadata origin) {
        Throwable cause = rejection.getCause() == null ? rejection : rejection.getCause();
        add(headers, HeaderNames.ERROR_STAGE, rejection.reason().stage().toString());
        add(headers, HeaderNames.ERROR_REASON, rejection.reason().name());
        add(
                headers,
                HeaderNames.STREAMS_ERROR_PREFIX + "exception",
                cause.getClass().getName());
        add(
                headers,
                HeaderNames.STREAMS_ERROR_PREFIX + "message",
                cut(String.valueOf(rejection.getMessage()), MOST_MESSAGE_CHARACTERS));
        if (rejection.reason().fault() != Fault.INPUT) {
            add(
                    headers,
                    HeaderNames.STREAMS_ERROR_PREFIX + "stacktrace",
                    cut(stackTrace(cause), MOST_STACK_TRACE_CHARACTERS));
        }
        if (origin != null) {
            add(headers, HeaderNames.STREAMS_ERROR_PREFIX + "topic", origin.topic());
            add(headers, HeaderNames.STREAMS_ERROR_PREFIX + "partition", Integer.toString(origin.partition()));
            add(headers, HeaderNames.STREAMS_ERROR_PREFIX + "offset", Long.toString(origin.offset()));
        }
    }

    private static String omitted(boolean keyFits, boolean headersFit, boolean valueFits) {
        List<String> parts = new ArrayList<>();
        if (!keyFits) {
            parts.add("key");
        }
        if (!headersFit) {
            parts.add("headers");
        }
        if (!valueFits) {
            parts.add("value");
        }
        return String.join(",", parts);
    }

    private static String stackTrace(Throwable cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static int size(Headers headers) {
        int size = 0;
        for (Header header : headers) {
            size += header.key().length() + length(header.value()) + HEADER_OVERHEAD_BYTES;
        }
        return size;
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
