// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.stream.intake.RejectionReason;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.Sampling.Stop;

/**
 * What a process has done since it started. Whenever no image is being worked on, {@code received} = {@code certified}
 * + {@code abstained} + {@code rejected}; while images are, {@code received} is ahead by at most one for each thread.
 *
 * <p>Counts are of work, not of answers: an image whose transaction was aborted is certified, and counted, once more,
 * though readers of committed records see one answer. All counters exist at zero from the start.
 */
public final class CertifierMeters {
    private static final double RADIUS_STEP = 0.25;
    private static final double LARGEST_RADIUS_BUCKET = 4;

    /** Radii are rounded down to a fraction of this, so that their sum is exact: it must not be rounded up either. */
    private static final double RADIUS_GRID = 1 << 20;

    private static final double[] SAMPLE_BUCKETS = {
        100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000
    };

    private final MultiGauge models;
    private final Counter received;
    private final Counter certified;
    private final Counter abstained;
    private final Counter noiseSamples;
    private final Map<RejectionReason, Counter> rejected = new EnumMap<>(RejectionReason.class);
    private final Timer certification;
    private final Timer decode;
    private final DistributionSummary radius;
    private final Map<String, DistributionSummary> samples;
    private final Map<Stop, Counter> stops;

    public CertifierMeters(MeterRegistry registry) {
        models = MultiGauge.builder("catrs.model.info")
                .description("The models that certify; always 1")
                .register(registry);
        received = counter(registry, "catrs.images.received", "Images taken from the topic");
        certified = counter(registry, "catrs.images.certified", "Images with a certified label");
        abstained = counter(registry, "catrs.images.abstained", "Images for which the certifier abstained");
        noiseSamples = counter(registry, "catrs.noise.samples", "Noisy copies of images that were classified");
        for (RejectionReason reason : RejectionReason.values()) {
            rejected.put(
                    reason,
                    Counter.builder("catrs.images.rejected")
                            .description("Images that could not be certified")
                            .tag("stage", reason.stage().toString())
                            .tag("reason", reason.name())
                            .register(registry));
        }
        certification = Timer.builder("catrs.certification")
                .description("Time to certify an image")
                .serviceLevelObjectives(
                        Stream.of(10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000)
                                .map(Duration::ofMillis)
                                .toArray(Duration[]::new))
                .register(registry);
        decode = Timer.builder("catrs.decode")
                .description("Time to decode an image")
                .register(registry);
        samples = samples(registry);
        stops = stops(registry);
        radius = DistributionSummary.builder("catrs.radius")
                .description("Certified L2 radius, in units of pixels scaled to [0, 1]")
                .serviceLevelObjectives(DoubleStream.iterate(
                                RADIUS_STEP, step -> step <= LARGEST_RADIUS_BUCKET, step -> step + RADIUS_STEP)
                        .toArray())
                .register(registry);
    }

    private static Map<Stop, Counter> stops(MeterRegistry registry) {
        Map<Stop, Counter> counters = new EnumMap<>(Stop.class);
        for (Stop stop : Stop.values()) {
            counters.put(
                    stop,
                    Counter.builder("catrs.sampling.ended")
                            .description("Images by why their sampling ended")
                            .tag("reason", stop.name())
                            .register(registry));
        }
        return counters;
    }

    private static Map<String, DistributionSummary> samples(MeterRegistry registry) {
        Map<String, DistributionSummary> summaries = new HashMap<>();
        for (SamplingPlan.Kind plan : SamplingPlan.Kind.values()) {
            summaries.put(
                    plan.toString(),
                    DistributionSummary.builder("catrs.samples")
                            .description("Noise samples spent on an image, those that choose the class included")
                            .tag("plan", plan.toString())
                            .serviceLevelObjectives(SAMPLE_BUCKETS)
                            .register(registry));
        }
        return summaries;
    }

    /** Names the models that certify, and no others. */
    void models(Collection<ImageCertifier> certifiers) {
        models.register(certifiers.stream().map(CertifierMeters::row).toList(), true);
    }

    private static MultiGauge.Row<Number> row(ImageCertifier certifier) {
        CertifiedPrediction.Model model = certifier.model();
        CertifiedPrediction.Engine engine = certifier.engine();
        return MultiGauge.Row.of(
                Tags.of(
                        "name", model.name(),
                        "version", model.version(),
                        "sha256", model.sha256(),
                        "provider", engine.provider(),
                        "precision", engine.precision()),
                1);
    }

    void received() {
        received.increment();
    }

    /** Times the decoding of an image. */
    <T> T decoding(Supplier<T> work) {
        return decode.record(work);
    }

    /** Times the certification of an image. */
    <T> T certifying(Supplier<T> work) {
        return certification.record(work);
    }

    void answered(CertifiedPrediction prediction) {
        noiseSamples.increment((double) prediction.samples());
        DistributionSummary ofPlan = samples.get(prediction.plan());
        if (ofPlan != null) {
            ofPlan.record((double) prediction.samples());
        }
        if (prediction.sampling() != null) {
            Counter counter = stops.get(prediction.sampling().stop());
            if (counter != null) {
                counter.increment();
            }
        }
        switch (prediction.outcome()) {
            case CERTIFIED -> {
                certified.increment();
                radius.record(Math.floor(prediction.radius() * RADIUS_GRID) / RADIUS_GRID);
            }
            case ABSTAINED -> abstained.increment();
        }
    }

    void rejected(RejectionReason reason) {
        Counter counter = rejected.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
