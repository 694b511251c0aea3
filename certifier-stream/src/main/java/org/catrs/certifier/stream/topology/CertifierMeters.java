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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.stream.held.ImagesAtHand;
import org.catrs.certifier.stream.intake.RejectionReason;
import org.catrs.console.ServiceMetric;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.Sampling.Stop;
import org.jspecify.annotations.Nullable;

/**
 * What a process has done since it started, and what it has at hand: {@code received} = {@code certified} + {@code
 * abstained} + {@code rejected} + {@code given up} + {@code at hand}.
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
    private final Counter givenUp;
    private final Counter lost;
    private final Counter noiseSamples;
    private final Map<RejectionReason, Counter> rejected = new EnumMap<>(RejectionReason.class);
    private final Timer certification;
    private final Timer decode;
    private final Timer held;
    private final CertificateHistograms certificates;
    private final Map<String, DistributionSummary> samples = new HashMap<>();
    private final Map<Stop, Counter> stops = new EnumMap<>(Stop.class);
    private final AtomicReference<@Nullable ImagesAtHand> atHand = new AtomicReference<>();
    private volatile DoubleSupplier unreachedSeconds = () -> 0;
    private volatile DoubleSupplier offsetsToRemoved = () -> Double.NaN;

    public CertifierMeters(MeterRegistry registry) {
        models = ServiceMetric.MODEL_INFO.multiGauge(registry);
        received = ServiceMetric.IMAGES_RECEIVED.counter(registry);
        certified = ServiceMetric.IMAGES_CERTIFIED.counter(registry);
        abstained = ServiceMetric.IMAGES_ABSTAINED.counter(registry);
        givenUp = ServiceMetric.IMAGES_GIVEN_UP.counter(registry);
        lost = ServiceMetric.IMAGES_LOST.counter(registry);
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
        held = ServiceMetric.HELD.timer(registry);
        atHand(registry, ServiceMetric.IMAGES_AT_HAND, ImagesAtHand::images);
        atHand(registry, ServiceMetric.BYTES_AT_HAND, ImagesAtHand::bytes);
        atHand(registry, ServiceMetric.OLDEST_AT_HAND, images -> seconds(images.oldest()));
        atHand(registry, ServiceMetric.STANDSTILL, images -> seconds(images.standstill()));
        ServiceMetric.BROKERS_UNREACHED.gauge(registry, () -> unreachedSeconds.getAsDouble());
        ServiceMetric.OFFSETS_TO_REMOVED.gauge(registry, () -> offsetsToRemoved.getAsDouble());
        for (SamplingPlan.Kind plan : SamplingPlan.Kind.values()) {
            samples.put(plan.toString(), ServiceMetric.SAMPLES.histogram(registry, SAMPLE_BUCKETS, plan.toString()));
        }
        for (Stop stop : Stop.values()) {
            stops.put(stop, ServiceMetric.SAMPLING_ENDED.counter(registry, stop.name()));
        }
        certificates = new CertificateHistograms(registry);
    }

    private void atHand(MeterRegistry registry, ServiceMetric metric, ToDoubleFunction<ImagesAtHand> value) {
        metric.gauge(registry, () -> {
            ImagesAtHand images = atHand.get();
            return images == null ? 0 : value.applyAsDouble(images);
        });
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    /** Shows what is at hand from now on; nothing was before. */
    public void show(ImagesAtHand images) {
        atHand.set(images);
    }

    /**
     * Shows from now on how the brokers are; nothing was known before.
     *
     * @param unreachedSeconds for how long none has answered
     * @param offsetsToRemoved how near the group is to what was removed from the log of images; NaN for not at all
     */
    public void show(DoubleSupplier unreachedSeconds, DoubleSupplier offsetsToRemoved) {
        this.unreachedSeconds = unreachedSeconds;
        this.offsetsToRemoved = offsetsToRemoved;
    }

    /** Offsets were removed before their images were answered. */
    public void lost(long offsets) {
        lost.increment(offsets);
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

    /** Images were given up unanswered: whoever has their partition next answers them. */
    void givenUp(int images) {
        givenUp.increment(images);
    }

    /** Times the decoding of an image. */
    <T> T decoding(Supplier<T> work) {
        return decode.record(work);
    }

    /** Times the certification of an image. */
    <T> T certifying(Supplier<T> work) {
        return certification.record(work);
    }

    /** @param waited time from the answer to its turn */
    void answered(CertifiedPrediction prediction, Duration waited) {
        held.record(waited);
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

    /** @param waited time from the rejection to its turn */
    void rejected(RejectionReason reason, Duration waited) {
        held.record(waited);
        Counter counter = rejected.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }
}
