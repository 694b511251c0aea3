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
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.catrs.certifier.stream.held.RecordSize;
import org.catrs.certifier.stream.held.TakenImage;
import org.catrs.certifier.stream.intake.Fault;
import org.catrs.certifier.stream.intake.RejectedImageException;
import org.catrs.schemas.topic.HeaderNames;

/**
 * Writes rejected images: the record as it came, and headers that say why and whence. Those that Kafka Streams has
 * names for, in its own dead letters, have these names, so that tools for dead letters read them.
 */
final class RejectedRecords {
    private static final int MOST_MESSAGE_CHARACTERS = 1_000;
    private static final int MOST_STACK_TRACE_CHARACTERS = 4_000;

    /** What is said where nothing fits. */
    private static final Header[] ALL_OMITTED = {header(HeaderNames.ERROR_OMITTED, omitted(false, false, false))};

    private final int maxBytes;

    /** @param maxBytes largest batch of records that may be sent to the topic */
    RejectedRecords(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * The record that says why an image was rejected. What makes it too large to be sent is left out, the value first:
     * the origin in its headers tells where the whole image can be read.
     */
    Record<byte[], byte[]> of(TakenImage taken, RejectedImageException rejection) {
        Record<byte[], byte[]> image = taken.message();
        Headers reasons = reasons(rejection, taken);
        long room = maxBytes - RecordSize.of(null, null, reasons) - RecordSize.of(new RecordHeaders(ALL_OMITTED));
        boolean keyFits = RecordSize.of(image.key()) <= room;
        room -= keyFits ? RecordSize.of(image.key()) : 0;
        boolean headersFit = RecordSize.of(image.headers()) <= room;
        room -= headersFit ? RecordSize.of(image.headers()) : 0;
        boolean valueFits = RecordSize.of(image.value()) <= room;

        Record<byte[], byte[]> rejected = new Record<>(
                keyFits ? image.key() : null,
                valueFits ? image.value() : null,
                image.timestamp(),
                headersFit ? image.headers() : null);
        for (Header reason : reasons) {
            rejected.headers().remove(reason.key()).add(reason);
        }
        if (!(keyFits && headersFit && valueFits)) {
            add(rejected.headers(), HeaderNames.ERROR_OMITTED, omitted(keyFits, headersFit, valueFits));
        }
        return rejected;
    }

    private static Headers reasons(RejectedImageException rejection, TakenImage image) {
        Headers headers = new RecordHeaders();
        Throwable cause = rejection.getCause() == null ? rejection : rejection.getCause();
        add(headers, HeaderNames.ERROR_STAGE, rejection.reason().stage().toString());
        add(headers, HeaderNames.ERROR_REASON, rejection.reason().name());
        add(headers, HeaderNames.ANSWERED, Long.toString(System.currentTimeMillis()));
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
        add(
                headers,
                HeaderNames.STREAMS_ERROR_PREFIX + "topic",
                image.partition().topic());
        add(
                headers,
                HeaderNames.STREAMS_ERROR_PREFIX + "partition",
                Integer.toString(image.partition().partition()));
        add(headers, HeaderNames.STREAMS_ERROR_PREFIX + "offset", Long.toString(image.offset()));
        return headers;
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
        headers.add(header(name, value));
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
