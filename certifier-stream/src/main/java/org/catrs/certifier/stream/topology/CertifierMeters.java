// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.stream.intake.RejectionReason;
import org.catrs.console.ServiceMetric;
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
    private final CertificateHistograms certificates;
    private final Map<String, DistributionSummary> samples = new HashMap<>();
    private final Map<Stop, Counter> stops = new EnumMap<>(Stop.class);

    public CertifierMeters(MeterRegistry registry) {
        models = ServiceMetric.MODEL_INFO.multiGauge(registry);
        received = ServiceMetric.IMAGES_RECEIVED.counter(registry);
        certified = ServiceMetric.IMAGES_CERTIFIED.counter(registry);
        abstained = ServiceMetric.IMAGES_ABSTAINED.counter(registry);
        noiseSamples = ServiceMetric.NOISE_SAMPLES.counter(registry);
        for (RejectionReason reason : RejectionReason.values()) {
            rejected.put(
                    reason,
                    ServiceMetric.IMAGES_REJECTED.counter(
                            registry, reason.stage().toString(), reason.name()));
        }
        certification = ServiceMetric.CERTIFICATION.timer(
                registry,
                Stream.of(10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000)
                        .map(Duration::ofMillis)
                        .toArray(Duration[]::new));
        decode = ServiceMetric.DECODE.timer(registry);
        for (SamplingPlan.Kind plan : SamplingPlan.Kind.values()) {
            samples.put(plan.toString(), ServiceMetric.SAMPLES.histogram(registry, SAMPLE_BUCKETS, plan.toString()));
        }
        for (Stop stop : Stop.values()) {
            stops.put(stop, ServiceMetric.SAMPLING_ENDED.counter(registry, stop.name()));
        }
        certificates = new CertificateHistograms(registry);
    }

    /** Names the models that certify, and no others. */
    void models(Collection<ImageCertifier> certifiers) {
        models.register(certifiers.stream().map(CertifierMeters::row).toList(), true);
    }

    private static MultiGauge.Row<Number> row(ImageCertifier certifier) {
        CertifiedPrediction.Model model = certifier.model();
        CertifiedPrediction.Engine engine = certifier.engine();
        return MultiGauge.Row.of(
                ServiceMetric.MODEL_INFO.tags(
                        model.name(), model.version(), model.sha256(), engine.provider(), engine.precision()),
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
        certificates.add(prediction);
        switch (prediction.outcome()) {
            case CERTIFIED -> certified.increment();
            case ABSTAINED -> abstained.increment();
        }
    }

    void rejected(RejectionReason reason) {
        Counter counter = rejected.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }
}
