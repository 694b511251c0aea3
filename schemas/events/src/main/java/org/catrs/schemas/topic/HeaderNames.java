// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.topic;

/** Names of the record headers that producers and consumers meet; all values are UTF-8 text. */
public final class HeaderNames {
    /** Media type of the value; CloudEvents' binary mode uses the same name. */
    public static final String CONTENT_TYPE = "content-type";

    /** On an image: index of the class that the producer says is true, from 0, in decimal digits. */
    public static final String TRUE_LABEL = "true-label";

    /** On an image: name of the model to certify it with; without it, the certifier's default model does. */
    public static final String MODEL = "model";

    /** On an image: L2 radius to certify, in units of pixels scaled to [0, 1], as a decimal number. */
    public static final String TARGET_RADIUS = "target-radius";

    /** On an image: seconds that its certification may take once it has begun, as a decimal number. */
    public static final String DEADLINE = "deadline";

    /** W3C trace context, carried from an image to its answer. */
    public static final String TRACEPARENT = "traceparent";

    /** W3C trace state, carried from an image to its answer. */
    public static final String TRACESTATE = "tracestate";

    /**
     * On an answer whose own timestamp is not the image's, because its topic takes no such timestamp or would soon delete
     * the answer: the image's, in milliseconds since 1970.
     */
    public static final String IMAGE_TIMESTAMP = "catrs.image.timestamp";

    /** On a rejected image: the stage that rejected it, in lower case. */
    public static final String ERROR_STAGE = "catrs.error.stage";

    /** On a rejected image: the reason, a code in upper case. */
    public static final String ERROR_REASON = "catrs.error.reason";

    /** On a rejected image too large to be sent on whole: which of value, headers and key are left out. */
    public static final String ERROR_OMITTED = "catrs.error.omitted";

    /** On an answer: topic of the image. */
    public static final String IMAGE_TOPIC = "catrs.image.topic";

    /** On an answer: partition of the image, from 0, in decimal digits. */
    public static final String IMAGE_PARTITION = "catrs.image.partition";

    /** On an answer: offset of the image in its partition, from 0, in decimal digits. */
    public static final String IMAGE_OFFSET = "catrs.image.offset";

    /** On a rejected image: time of the rejection, in milliseconds since 1970-01-01 UTC, in decimal digits. */
    public static final String ANSWERED = "catrs.answered";

    /** Begins the names that Kafka Streams gives the headers of its own dead letters; rejected images have them, too. */
    public static final String STREAMS_ERROR_PREFIX = "__streams.errors.";

    /** Begins the names of a CloudEvent's attributes in binary mode. */
    public static final String CLOUD_EVENT_PREFIX = "ce_";

    private static final String OWN_PREFIX = "catrs.";

    private HeaderNames() {}

    /** Whether a header is one that answers have: on an image, it is of an earlier pass, and says nothing. */
    public static boolean isOfAnswers(String name) {
        return name.startsWith(OWN_PREFIX) || name.startsWith(STREAMS_ERROR_PREFIX);
    }
}
