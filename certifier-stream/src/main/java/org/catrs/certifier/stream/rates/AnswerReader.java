// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates;

import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.catrs.certifier.stream.intake.RejectionReason;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.topic.HeaderNames;
import org.catrs.schemas.topic.HeaderValues;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes from each answer what is counted, under the name of its model and at the time that the answer says of itself,
 * however late it is read. A record's timestamp may be the image's, and whoever sends images could date them as they like.
 * What is no answer is passed over.
 */
final class AnswerReader implements Processor<byte[], byte[], String, RatedAnswer> {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerReader.class);

    private final String rejectedTopic;
    private final Deserializer<CertifiedPrediction> predictions;
    private final String defaultModel;
    private final Predicate<String> isServed;
    private @Nullable ProcessorContext<String, RatedAnswer> context;

    /**
     * @param rejectedTopic topic of rejected images; all others have predictions
     * @param defaultModel model of images that name none
     * @param isServed whether there is a model of a name; rejected images that name another count for the default model
     */
    AnswerReader(
            String rejectedTopic,
            Deserializer<CertifiedPrediction> predictions,
            String defaultModel,
            Predicate<String> isServed) {
        this.rejectedTopic = rejectedTopic;
        this.predictions = predictions;
        this.defaultModel = defaultModel;
        this.isServed = isServed;
    }

    @Override
    public void init(ProcessorContext<String, RatedAnswer> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> answer) {
        if (context == null) {
            throw new IllegalStateException("init comes before process");
        }
        long now = context.currentSystemTimeMs();
        RecordMetadata origin = context.recordMetadata().orElseThrow();
        if (origin.topic().equals(rejectedTopic)) {
            Optional<String> reason = reason(answer, origin);
            if (reason.isPresent()) {
                forward(context, model(answer), new RatedAnswer(time(answered(answer), now), reason.get(), null));
            }
            return;
        }
        CertifiedPrediction prediction = prediction(answer, origin);
        if (prediction != null) {
            forward(
                    context,
                    prediction.model().name(),
                    new RatedAnswer(time(prediction.answered(), now), null, CertificateFacts.of(prediction)));
        }
    }

    /** Now for answers that do not say their time; no clock that is ahead opens minutes that are still to come. */
    private static long time(@Nullable Long answered, long now) {
        return answered == null ? now : Math.min(answered, now);
    }

    private static @Nullable Long answered(Record<byte[], byte[]> rejected) {
        try {
            return HeaderValues.wholeNumber(rejected.headers(), HeaderNames.ANSWERED);
        } catch (InvalidDataException e) {
            LOG.debug("the time of the rejection is not known", e);
            return null;
        }
    }

    private static void forward(ProcessorContext<String, RatedAnswer> context, String model, RatedAnswer answer) {
        context.forward(new Record<>(model, answer, answer.time()));
    }

    private @Nullable CertifiedPrediction prediction(Record<byte[], byte[]> answer, RecordMetadata origin) {
        try {
            return predictions.deserialize(origin.topic(), answer.value());
        } catch (SerializationException e) {
            LOG.warn(
                    "the record {}-{}@{} is not counted: {}",
                    origin.topic(),
                    origin.partition(),
                    origin.offset(),
                    e.getMessage());
            return null;
        }
    }

    private static Optional<String> reason(Record<byte[], byte[]> answer, RecordMetadata origin) {
        String reason = HeaderValues.text(answer.headers(), HeaderNames.ERROR_REASON);
        if (reason == null || !isKnown(reason)) {
            LOG.warn(
                    "the record {}-{}@{} is not counted: it is no rejected image",
                    origin.topic(),
                    origin.partition(),
                    origin.offset());
            return Optional.empty();
        }
        return Optional.of(reason);
    }

    private static boolean isKnown(String name) {
        for (RejectionReason reason : RejectionReason.values()) {
            if (reason.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private String model(Record<byte[], byte[]> rejected) {
        String named = HeaderValues.text(rejected.headers(), HeaderNames.MODEL);
        return named != null && isServed.test(named) ? named : defaultModel;
    }
}
