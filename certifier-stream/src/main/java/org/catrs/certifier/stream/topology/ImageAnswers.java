// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Record;
import org.catrs.certifier.stream.held.Answer;
import org.catrs.certifier.stream.held.RecordSize;
import org.catrs.certifier.stream.held.TakenImage;
import org.catrs.certifier.stream.intake.IncomingImage;
import org.catrs.certifier.stream.intake.RejectedImageException;
import org.catrs.certifier.stream.intake.RejectionReason;
import org.catrs.certifier.stream.outcome.AnswerHeaders;
import org.catrs.console.tracing.TraceContext;
import org.catrs.console.tracing.TracedSpan;
import org.catrs.console.tracing.Tracing;
import org.catrs.schemas.event.CertifiedPrediction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Answers each image with exactly one record, a certified prediction or a rejection, written as it will be sent and of a
 * size that can be. Safe for use by several threads.
 */
public final class ImageAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(ImageAnswers.class);

    /** Key under which log lines name the image. */
    private static final String IMAGE_ID = "imageId";

    /** Key under which log lines name the image's trace, where one is recorded. */
    private static final String TRACE_ID = "traceId";

    private static final int MOST_IMAGE_ID_CHARACTERS = 200;

    /** Keys are copied to answers, which a key near the limit of a record would make too large to be sent. */
    private static final int MOST_KEY_BYTES = 16 << 10;

    private final CertifierRegistry certifiers;
    private final Serializer<CertifiedPrediction> predictions;
    private final String predictionsTopic;
    private final AnswerHeaders headers;
    private final Supplier<AnswerLimits> limits;
    private final RejectedRecords rejectedRecords = new RejectedRecords();
    private final CertifierMeters meters;
    private final Tracing tracing;

    /**
     * @param predictions writes predictions, and their content type into the headers; used by several threads
     * @param predictionsTopic that they are written for
     * @param headers writes the other headers of predictions
     * @param limits what the topics take now
     */
    public ImageAnswers(
            CertifierRegistry certifiers,
            Serializer<CertifiedPrediction> predictions,
            String predictionsTopic,
            AnswerHeaders headers,
            Supplier<AnswerLimits> limits,
            CertifierMeters meters,
            Tracing tracing) {
        this.certifiers = certifiers;
        this.predictions = predictions;
        this.predictionsTopic = predictionsTopic;
        this.headers = headers;
        this.limits = limits;
        this.meters = meters;
        this.tracing = tracing;
    }

    /** Certifies an image, or rejects it. Whatever else is thrown is not the image's fault. */
    public Answer answer(TakenImage image) {
        ImageCourse course = ImageCourse.begin(image, tracing, InstantSource.system());
        MDC.put(IMAGE_ID, imageId(image));
        TraceContext trace = course.trace();
        if (trace != null) {
            MDC.put(TRACE_ID, trace.traceId());
        }
        try {
            return certified(image, course);
        } catch (RejectedImageException rejection) {
            log(rejection);
            course.fail(rejection.reason().name());
            return new Answer(
                    CertificationTopology.REJECTED_SINK,
                    course.answer(span ->
                            rejectedRecords.of(image, rejection, limits.get().rejected())),
                    held -> meters.rejected(course, rejection.reason(), held));
        } catch (RuntimeException | Error e) {
            course.fail(e.toString());
            course.end();
            throw e;
        } finally {
            MDC.remove(IMAGE_ID);
            MDC.remove(TRACE_ID);
        }
    }

    private Answer certified(TakenImage image, ImageCourse course) {
        Record<byte[], byte[]> message = image.message();
        TopicLimits topic = limits.get().predictions();
        checkTime(image);
        checkKey(message.key(), topic);
        IncomingImage incoming = IncomingImage.of(image.origin(), message.headers(), message.value());
        CertifiedPrediction prediction = certifiers.certify(incoming, course);
        Record<byte[], byte[]> written = course.answer(span -> write(prediction, incoming, message, topic, span));
        log(prediction);
        return new Answer(
                CertificationTopology.PREDICTIONS_SINK, written, held -> meters.answered(course, prediction, held));
    }

    private Record<byte[], byte[]> write(
            CertifiedPrediction prediction,
            IncomingImage image,
            Record<byte[], byte[]> message,
            TopicLimits topic,
            TracedSpan span) {
        AnswerTime time = AnswerTime.of(message.timestamp(), System.currentTimeMillis(), topic.times());
        Record<byte[], byte[]> answer = new Record<>(message.key(), null, time.timestamp());
        headers.add(answer.headers(), image, prediction);
        time.addTo(answer.headers());
        if (tracing.isSending()) {
            span.carry((name, value) ->
                    answer.headers().remove(name).add(name, value.getBytes(StandardCharsets.US_ASCII)));
        }
        Record<byte[], byte[]> written =
                answer.withValue(predictions.serialize(predictionsTopic, answer.headers(), prediction));
        long size = RecordSize.of(written);
        if (size > topic.bytes()) {
            throw new RejectedImageException(
                    RejectionReason.ANSWER_TOO_LARGE,
                    "the certificate takes " + size + " bytes, and " + predictionsTopic + " takes " + topic.bytes());
        }
        return written;
    }

    private static void checkTime(TakenImage image) {
        if (image.heldUp() != null) {
            throw new RejectedImageException(
                    RejectionReason.TOO_SLOW,
                    "answers to later images had waited for this one for "
                            + image.heldUp().toSeconds() + " s");
        }
    }

    private static void checkKey(byte @Nullable [] key, TopicLimits topic) {
        if (key == null && topic.needsKeys()) {
            throw new RejectedImageException(
                    RejectionReason.MISSING_KEY, "the record has no key, and predictions go to a compacted topic");
        }
        if (key != null && key.length > MOST_KEY_BYTES) {
            throw new RejectedImageException(
                    RejectionReason.TOO_MANY_BYTES,
                    "a key may have at most " + MOST_KEY_BYTES + " bytes, found " + key.length);
        }
    }

    private static String imageId(TakenImage image) {
        byte[] key = image.message().key();
        if (key == null) {
            return image.partition() + "@" + image.offset();
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
