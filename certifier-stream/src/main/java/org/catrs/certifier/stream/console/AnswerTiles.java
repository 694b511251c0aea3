// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.console;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.bound.CertifiedRadius;
import org.catrs.certifier.smoothing.bound.ClopperPearson;
import org.catrs.certifier.smoothing.bound.MixtureBound;
import org.catrs.certifier.stream.intake.RejectionReason;
import org.catrs.certifier.stream.topology.TopicNames;
import org.catrs.console.view.Detail;
import org.catrs.console.view.ShownAnswer;
import org.catrs.console.view.Tile;
import org.catrs.console.view.Tile.Outcome;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.ImageRejection;
import org.catrs.schemas.event.Sampling;
import org.catrs.schemas.serde.EventSerdes;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a record what the page shows. Nothing of it is what a producer wrote: no key, no header, no message that repeats
 * one; of a rejection only the reason's code, and what that means.
 */
final class AnswerTiles {
    /** What a rejection keeps in memory, about. */
    private static final int REJECTION_BYTES = 512;

    private final TopicNames topics;
    private final Deserializer<CertifiedPrediction> predictions;

    AnswerTiles(TopicNames topics, @Nullable URI registry) {
        this.topics = topics;
        this.predictions = EventSerdes.deserializer(CertifiedPrediction.class, registry);
    }

    /**
     * Reads a record of one of the two topics of answers; empty where it is none.
     *
     * @throws org.apache.kafka.common.errors.SerializationException when it is no prediction
     */
    Optional<ShownAnswer> read(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        return record.topic().equals(topics.rejected()) ? rejection(record) : Optional.of(prediction(record));
    }

    private ShownAnswer prediction(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        CertifiedPrediction event = predictions.deserialize(record.topic(), value);
        Sampling sampling = event.sampling();
        Tile tile = new Tile(
                "c" + record.partition() + "-" + record.offset(),
                event.outcome() == CertifiedPrediction.Outcome.CERTIFIED ? Outcome.CERTIFIED : Outcome.ABSTAINED,
                event.answered() == null ? record.timestamp() : event.answered(),
                event.origin(),
                event.model().name(),
                event.model().version(),
                event.label(),
                event.className(),
                event.trueLabel(),
                event.radius(),
                event.sigma(),
                sampling == null ? null : sampling.targetRadius(),
                event.samples(),
                event.seconds(),
                null);
        String topic = record.topic();
        return new ShownAnswer(tile, value.length, () -> detail(predictions.deserialize(topic, value)));
    }

    private static Detail detail(CertifiedPrediction event) {
        return new Detail(event, attempts(event), null, null);
    }

    static List<Detail.Attempt> attempts(CertifiedPrediction event) {
        Sampling sampling = event.sampling();
        return sampling == null
                ? List.of()
                : sampling.attempts().stream()
                        .map(attempt -> new Detail.Attempt(
                                attempt.candidate(),
                                attempt.looks().stream()
                                        .map(look -> look(event, look))
                                        .toList()))
                        .toList();
    }

    private static Detail.Look look(CertifiedPrediction event, Sampling.Look look) {
        double bound = look.n() == 0
                ? 0
                : event.plan().equals(SamplingPlan.Kind.DEADLINE.toString())
                        ? MixtureBound.lowerBound(look.count(), look.n(), look.alpha())
                        : ClopperPearson.lowerBound(look.count(), look.n(), look.alpha());
        return new Detail.Look(look.n(), look.count(), bound, CertifiedRadius.of(event.sigma(), bound));
    }

    private static Optional<ShownAnswer> rejection(ConsumerRecord<byte[], byte[]> record) {
        ImageRejection rejection;
        try {
            rejection = ImageRejection.of(record.headers()).orElse(null);
        } catch (InvalidDataException e) {
            return Optional.empty();
        }
        RejectionReason reason = rejection == null ? null : known(rejection.reason());
        if (rejection == null || reason == null) {
            return Optional.empty();
        }
        Tile tile = new Tile(
                "r" + record.partition() + "-" + record.offset(),
                Outcome.REJECTED,
                rejection.answered() == null ? record.timestamp() : rejection.answered(),
                rejection.origin(),
                null,
                null,
                null,
                null,
                null,
                0,
                null,
                null,
                null,
                null,
                reason.name());
        return Optional.of(new ShownAnswer(
                tile, REJECTION_BYTES, () -> new Detail(null, List.of(), reason.meaning(), reason.remedy())));
    }

    private static @Nullable RejectionReason known(String code) {
        return Arrays.stream(RejectionReason.values())
                .filter(reason -> reason.name().equals(code))
                .findFirst()
                .orElse(null);
    }
}
