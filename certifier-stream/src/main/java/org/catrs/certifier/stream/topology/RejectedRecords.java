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
import org.catrs.certifier.stream.outcome.AnswerHeaders;
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

    /**
     * The record that says why an image was rejected. What makes it too large to be sent is left out, the value first:
     * the origin in its headers tells where the whole image can be read.
     *
     * @param topic what the topic of rejected images takes
     */
    Record<byte[], byte[]> of(TakenImage taken, RejectedImageException rejection, TopicLimits topic) {
        Record<byte[], byte[]> image = taken.message();
        AnswerTime time = AnswerTime.of(image.timestamp(), System.currentTimeMillis(), topic.times());
        Headers kept = withoutThoseOfAnswers(image.headers());
        Headers reasons = reasons(rejection, taken);
        time.addTo(reasons);
        byte[] spare = topic.needsKeys() ? origin(taken) : null;
        byte[] key = image.key() == null ? spare : image.key();
        long room = topic.bytes()
                - RecordSize.of(spare)
                - RecordSize.of(null, null, reasons)
                - RecordSize.of(new RecordHeaders(ALL_OMITTED));
        boolean keyFits = RecordSize.of(key) <= room;
        room -= keyFits ? RecordSize.of(key) : 0;
        boolean headersFit = RecordSize.of(kept) <= room;
        room -= headersFit ? RecordSize.of(kept) : 0;
        boolean valueFits = RecordSize.of(image.value()) <= room;

        Record<byte[], byte[]> rejected = new Record<>(
                keyFits ? key : spare, valueFits ? image.value() : null, time.timestamp(), headersFit ? kept : null);
        reasons.forEach(rejected.headers()::add);
        if (!(keyFits && headersFit && valueFits)) {
            add(rejected.headers(), HeaderNames.ERROR_OMITTED, omitted(keyFits, headersFit, valueFits));
        }
        return rejected;
    }

    /** An image that was rejected before, and comes again, is answered by its new reason alone. */
    private static Headers withoutThoseOfAnswers(Headers image) {
        Headers kept = new RecordHeaders();
        for (Header header : image) {
            if (!HeaderNames.isOfAnswers(header.key())) {
                kept.add(header);
            }
        }
        return kept;
    }

    /** Stands for a key that is missing, or too large, where there must be one. */
    private static byte[] origin(TakenImage image) {
        return (image.partition() + "@" + image.offset()).getBytes(StandardCharsets.UTF_8);
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
        AnswerHeaders.addOrigin(headers, image.origin());
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
