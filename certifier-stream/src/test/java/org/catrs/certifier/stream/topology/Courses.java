// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.catrs.certifier.smoothing.PlanRequest;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.stream.held.TakenImage;
import org.catrs.certifier.stream.outcome.CertifiedPredictions;
import org.catrs.certifier.stream.seed.SeedSource;
import org.catrs.console.tracing.Tracing;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.image.ImageLimits;
import org.jspecify.annotations.Nullable;

/** Courses of images, and certifiers, where a test is about something else. */
final class Courses {
    private Courses() {}

    /** The course of an image of now, which nobody traces. */
    static ImageCourse untraced() {
        return ImageCourse.begin(image(new RecordHeaders(), null), Tracing.off(), InstantSource.system());
    }

    /** An image of now. */
    static TakenImage image(Headers headers, byte @Nullable [] value) {
        return new TakenImage(
                new TopicPartition("images", 0), 0, new Record<>(null, value, System.currentTimeMillis(), headers));
    }

    /** A certifier of two classes. */
    static ImageCertifier certifier(String name, String version) {
        return new ImageCertifier(
                new ScriptedClassifier(),
                new CertifiedPredictions(
                        new CertifiedPrediction.Model(name, version, "ab".repeat(32)),
                        new CertifiedPrediction.Engine("cpu", "fp32", "fake", "1", null),
                        CertifiedPrediction.Independence.PROVED,
                        List.of("zero", "one")),
                plan -> new SmoothingParameters(0.5, 0.001, 10, 100, NoiseKind.DISCRETE),
                new SeedSource.Random(),
                new PlanPolicy(PlanRequest.NONE, Duration.ofSeconds(60), StopCondition.NEVER),
                new ImageLimits(1_000, 1_000));
    }
}
