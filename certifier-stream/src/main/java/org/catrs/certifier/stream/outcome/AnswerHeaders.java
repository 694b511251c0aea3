// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.outcome;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.catrs.certifier.stream.intake.CloudEvent;
import org.catrs.certifier.stream.intake.IncomingImage;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.ImageOrigin;
import org.catrs.schemas.topic.HeaderNames;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a certified prediction beside its content type: where the image came from; what is carried on from the
 * image; and, where the image came in a CloudEvent, the attributes that make the prediction one, in binary mode. Of several
 * headers of one name the last is carried on.
 */
public final class AnswerHeaders {
    private static final String TYPE = "org.catrs.CertifiedPrediction";
    private static final String SOURCE = "urn:catrs:";

    /** W3C Trace Context asks for at least 512 bytes of a trace state. */
    private static final int MOST_CARRIED_BYTES = 1_024;

    private static final List<String> TRACE = List.of(HeaderNames.TRACEPARENT, HeaderNames.TRACESTATE);

    /** Attributes and extensions of CloudEvents that are about a whole conversation, or about the image. */
    private static final List<String> CARRIED_ATTRIBUTES =
            List.of("subject", "correlationid", "partitionkey", "traceparent", "tracestate");

    private final Set<String> carried;
    private final String source;

    /**
     * @param topic that answers are sent to
     * @param carried names of headers that are carried on beside the trace context
     */
    public AnswerHeaders(String topic, List<String> carried) {
        this.source = SOURCE + topic;
        this.carried = new TreeSet<>(TRACE);
        this.carried.addAll(carried);
    }

    /**
     * Refuses names of headers that an answer has a value of its own for.
     *
     * @throws InvalidDataException when one is such a name
     */
    public static void requireCarriable(List<String> names) {
        for (String name : names) {
            if (name.isEmpty()
                    || name.equals(HeaderNames.CONTENT_TYPE)
                    || name.startsWith(HeaderNames.CLOUD_EVENT_PREFIX)
                    || HeaderNames.isOfAnswers(name)) {
                throw new InvalidDataException(
                        "'" + name + "' cannot be carried on: answers have a value of their own");
            }
        }
    }

    /** Writes them for the answer to an image. */
    public void add(Headers answer, IncomingImage image, CertifiedPrediction prediction) {
        addOrigin(answer, image.origin());
        for (String name : carried) {
            Header header = image.headers().lastHeader(name);
            if (header != null && header.value() != null && header.value().length <= MOST_CARRIED_BYTES) {
                answer.add(header);
            }
        }
        CloudEvent event = image.event();
        if (event != null) {
            addEvent(answer, image.origin(), event, prediction.answered());
        }
    }

    /** Writes where an image came from. */
    public static void addOrigin(Headers answer, ImageOrigin origin) {
        add(answer, HeaderNames.IMAGE_TOPIC, origin.topic());
        add(answer, HeaderNames.IMAGE_PARTITION, Integer.toString(origin.partition()));
        add(answer, HeaderNames.IMAGE_OFFSET, Long.toString(origin.offset()));
    }

    /** The image's record names the event: an answer that is sent twice is one event to whoever knows CloudEvents. */
    private void addEvent(Headers answer, ImageOrigin origin, CloudEvent image, @Nullable Long answered) {
        addAttribute(answer, "specversion", CloudEvent.VERSION);
        addAttribute(answer, "id", origin.toString());
        addAttribute(answer, "source", source);
        addAttribute(answer, "type", TYPE);
        if (answered != null) {
            addAttribute(answer, "time", Instant.ofEpochMilli(answered).toString());
        }
        addCarried(answer, "causationid", image.attribute("id"));
        addCarried(answer, "imagesource", image.attribute("source"));
        for (String name : CARRIED_ATTRIBUTES) {
            addCarried(answer, name, image.attribute(name));
        }
    }

    private static void addCarried(Headers answer, String name, @Nullable String value) {
        if (value != null && value.getBytes(StandardCharsets.UTF_8).length <= MOST_CARRIED_BYTES) {
            addAttribute(answer, name, value);
        }
    }

    private static void addAttribute(Headers answer, String name, String value) {
        add(answer, HeaderNames.CLOUD_EVENT_PREFIX + name, value);
    }

    private static void add(Headers answer, String name, String value) {
        answer.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
