// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.catrs.certifier.stream.intake.RejectedImageException;
import org.catrs.certifier.stream.intake.RejectionReason;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.topic.HeaderNames;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Answers each image with exactly one record: a certified prediction or a rejection. */
final class CertifyProcessor implements Processor<byte[], byte[], byte[], Object> {
    private static final Logger LOG = LoggerFactory.getLogger(CertifyProcessor.class);

    /** Key under which log lines name the image. */
    private static final String IMAGE_ID = "imageId";

    private static final int MOST_IMAGE_ID_CHARACTERS = 200;

    /** Keys are copied to answers, which a key near the limit of a record would make too large to be sent. */
    private static final int MOST_KEY_BYTES = 16 << 10;

    /** W3C Trace Context asks for at least this much of a trace state; no more is carried on. */
    private static final int MOST_TRACE_BYTES = 512;

    private final CertifierRegistry certifiers;
    private final RejectedRecords rejectedRecords;
    private final CertifierMeters meters;
    private @Nullable ProcessorContext<byte[], Object> context;

    CertifyProcessor(CertifierRegistry certifiers, RejectedRecords rejectedRecords, CertifierMeters meters) {
        this.certifiers = certifiers;
        this.rejectedRecords = rejectedRecords;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<byte[], Object> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> image) {
        if (context == null) {
            throw new IllegalStateException("init comes before process");
        }
        RecordMetadata origin = context.recordMetadata().orElse(null);
        meters.received();
        MDC.put(IMAGE_ID, imageId(image.key(), origin));
        try {
            answer(context, image, origin);
        } finally {
            MDC.remove(IMAGE_ID);
        }
    }

    private void answer(
            ProcessorContext<byte[], Object> context, Record<byte[], byte[]> image, @Nullable RecordMetadata origin) {
        CertifiedPrediction prediction;
        try {
            checkKey(image.key());
            prediction = certifiers.certify(image.headers(), image.value());
        } catch (RejectedImageException rejection) {
            context.forward(rejectedRecords.of(image, rejection, origin), CertificationTopology.REJECTED_SINK);
            meters.rejected(rejection.reason());
            log(rejection);
            return;
        }
        Record<byte[], Object> answer = new Record<>(image.key(), prediction, image.timestamp());
        carry(HeaderNames.TRACEPARENT, image.headers(), answer.headers());
        carry(HeaderNames.TRACESTATE, image.headers(), answer.headers());
        context.forward(answer, CertificationTopology.PREDICTIONS_SINK);
        meters.answered(prediction);
        log(prediction);
    }

    private static void checkKey(byte @Nullable [] key) {
        if (key != null && key.length > MOST_KEY_BYTES) {
            throw new RejectedImageException(
                    RejectionReason.TOO_MANY_BYTES,
                    "a key may have at most " + MOST_KEY_BYTES + " bytes, found " + key.length);
        }
    }

    private static void carry(String name, Headers from, Headers to) {
        Header header = from.lastHeader(name);
        if (header != null && header.value() != null && header.value().length <= MOST_TRACE_BYTES) {
            to.add(header);
        }
    }

    private static String imageId(byte @Nullable [] key, @Nullable RecordMetadata origin) {
        if (key == null) {
            return origin == null ? "" : origin.topic() + "-" + origin.partition() + "@" + origin.offset();
        }
        String id = new String(key, StandardCharsets.UTF_8);
        return id.length() <= MOST_IMAGE_ID_CHARACTERS ? id : id.substring(0, MOST_IMAGE_ID_CHARACTERS);
    }

    private static void log(CertifiedPrediction prediction) {
        LOG.atInfo()
                .addKeyValue("outcome", prediction.outcome())
                .addKeyValue("label", prediction.label())
                .addKeyValue("radius", prediction.radius())
                .addKeyValue("seconds", prediction.seconds())
                .log("image answered");
    }

    private static void log(RejectedImageException rejection) {
        LOG.atWarn()
                .addKeyValue("stage", rejection.reason().stage())
                .addKeyValue("reason", rejection.reason())
                .addKeyValue("fault", rejection.reason().fault())
                .log("image rejected: {}", rejection.getMessage());
    }
}
