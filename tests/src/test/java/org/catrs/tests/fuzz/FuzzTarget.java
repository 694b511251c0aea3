// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.Record;
import org.catrs.certifier.network.options.ExecutionProvider;
import org.catrs.certifier.smoothing.BaseClassifier;
import org.catrs.certifier.smoothing.PlanRequest;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.certifier.stream.held.RecordSize;
import org.catrs.certifier.stream.held.TakenImage;
import org.catrs.certifier.stream.outcome.AnswerHeaders;
import org.catrs.certifier.stream.outcome.CertifiedPredictions;
import org.catrs.certifier.stream.seed.SeedSource;
import org.catrs.certifier.stream.topology.AcceptedTimes;
import org.catrs.certifier.stream.topology.AnswerLimits;
import org.catrs.certifier.stream.topology.CertifierMeters;
import org.catrs.certifier.stream.topology.CertifierRegistry;
import org.catrs.certifier.stream.topology.ImageAnswers;
import org.catrs.certifier.stream.topology.ImageCertifier;
import org.catrs.certifier.stream.topology.PlanPolicy;
import org.catrs.certifier.stream.topology.TopicLimits;
import org.catrs.console.tracing.Tracing;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.image.ImageLimits;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.serde.EventFormat;
import org.catrs.schemas.serde.EventSerdes;
import org.slf4j.LoggerFactory;

/** What a worker of the certifier does with a record, with models for gray and colour that always vote for one class. */
final class FuzzTarget {
    private static final int LARGEST_ANSWER = 1 << 20;
    private static final TopicLimits TOPIC = new TopicLimits(
            LARGEST_ANSWER, new AcceptedTimes(true, Duration.ofDays(36_500), Duration.ofHours(1)), false);
    private static final AnswerLimits LIMITS = new AnswerLimits(TOPIC, TOPIC);
    private static final TopicPartition IMAGES = new TopicPartition("images", 0);

    private static final String PREDICTIONS = "certified-predictions";

    private final ImageAnswers answers;

    FuzzTarget() {
        // A line for each rejected image would take longer than its rejection.
        ((Logger) LoggerFactory.getLogger(ImageAnswers.class)).setLevel(Level.OFF);
        CertifierMeters meters = new CertifierMeters(new SimpleMeterRegistry(), ExecutionProvider.AUTO);
        CertifierRegistry certifiers = new CertifierRegistry("colour", meters);
        certifiers.put(certifier("colour", 3), () -> {});
        certifiers.put(certifier("gray", 1), () -> {});
        answers = new ImageAnswers(
                certifiers,
                EventSerdes.serializer(CertifiedPrediction.class, EventFormat.JSON, null),
                PREDICTIONS,
                new AnswerHeaders(PREDICTIONS, List.of("correlation-id")),
                () -> LIMITS,
                meters,
                Tracing.off());
    }

    private static ImageCertifier certifier(String name, int channels) {
        ImageShape shape = new ImageShape(channels, Seeds.SIDE, Seeds.SIDE);
        return new ImageCertifier(
                new Constant(shape),
                new CertifiedPredictions(
                        new CertifiedPrediction.Model(name, "1", "ab".repeat(32)),
                        new CertifiedPrediction.Engine("cpu", "fp32", "constant", "1", null),
                        CertifiedPrediction.Independence.PROVED,
                        List.of("first", "second")),
                plan -> new SmoothingParameters(0.5, 0.001, 10, 100, NoiseKind.DISCRETE),
                new SeedSource.Random(),
                new PlanPolicy(PlanRequest.NONE, Duration.ofSeconds(60), StopCondition.NEVER),
                ImageLimits.DEFAULT);
    }

    /**
     * Answers a record, and gives the outcome: {@code CERTIFIED}, or the reason for which it was rejected.
     *
     * @throws IllegalStateException when the answer cannot be sent
     */
    String answer(Record<byte[], byte[]> message) {
        Record<byte[], byte[]> answer =
                answers.answer(new TakenImage(IMAGES, 0, message)).message();
        if (RecordSize.of(answer) > LARGEST_ANSWER) {
            throw new IllegalStateException("the answer takes " + RecordSize.of(answer) + " bytes");
        }
        var reason = answer.headers().lastHeader("catrs.error.reason");
        return reason == null ? "CERTIFIED" : new String(reason.value(), StandardCharsets.UTF_8);
    }

    private record Constant(ImageShape inputShape) implements BaseClassifier {
        @Override
        public int classes() {
            return 2;
        }

        @Override
        public ClassCounts count(
                ImageTensor image, SmoothingParameters parameters, Seed seed, Phase phase, long first, long samples) {
            return new ClassCounts(new long[] {samples, 0}, samples);
        }
    }
}
