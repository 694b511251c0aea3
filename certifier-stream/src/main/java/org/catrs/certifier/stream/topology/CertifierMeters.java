// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.catrs.certifier.network.options.ExecutionProvider;
import org.catrs.certifier.network.options.Precision;
import org.catrs.certifier.stream.held.ImagesAtHand;
import org.catrs.certifier.stream.intake.RejectionReason;
import org.catrs.console.CertificationReport;
import org.catrs.console.GpuMetrics;
import org.catrs.console.ServiceMetric;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.CertifiedPrediction.Model;
import org.catrs.schemas.topic.HeaderNames;
import org.catrs.schemas.topic.HeaderValues;
import org.jspecify.annotations.Nullable;

/**
 * What a process has done since it started, for each model, and what it has at hand: {@code received} = {@code certified} +
 * {@code abstained} + {@code rejected} + {@code given up} + {@code at hand}.
 *
 * <p>Counts are of work, not of answers: an image whose transaction was aborted is certified, and counted, once more,
 * though readers of committed records see one answer. A model's counters exist at zero from its service on. Of models that
 * are no longer served, those are forgotten that had no image for longest.
 */
public final class CertifierMeters {
    private static final int MOST_MODELS = 20;

    private final MeterRegistry registry;
    private final ExecutionProvider configured;
    private final MultiGauge info;
    private final MultiGauge fallbacks;
    private final CertificateHistograms certificates;
    private final ImageTimes times;
    private final Counter lost;
    private final Totals totals = new Totals();

    /** By version, the one with the newest image last; guarded by itself. */
    private final Map<ModelVersion, ModelMeters> models = new LinkedHashMap<>(16, 0.75f, true);

    private final AtomicReference<@Nullable ImagesAtHand> atHand = new AtomicReference<>();
    private volatile DoubleSupplier unreachedSeconds = () -> 0;
    private volatile DoubleSupplier offsetsToRemoved = () -> Double.NaN;
    private volatile Served served = new Served("", List.of());

    /** @param configured the provider that was asked for */
    public CertifierMeters(MeterRegistry registry, ExecutionProvider configured) {
        this.registry = registry;
        this.configured = configured;
        info = ServiceMetric.MODEL_INFO.multiGauge(registry);
        fallbacks = ServiceMetric.MODEL_PROVIDER_FALLBACK.multiGauge(registry);
        certificates = new CertificateHistograms(registry);
        times = new ImageTimes(registry);
        atHand(ServiceMetric.IMAGES_AT_HAND, ImagesAtHand::images);
        atHand(ServiceMetric.BYTES_AT_HAND, ImagesAtHand::bytes);
        atHand(ServiceMetric.IMAGES_WAITING, ImagesAtHand::waiting);
        atHand(ServiceMetric.BYTES_WAITING, ImagesAtHand::waitingBytes);
        atHand(ServiceMetric.OLDEST_AT_HAND, images -> seconds(images.oldest()));
        atHand(ServiceMetric.STANDSTILL, images -> seconds(images.standstill()));
        atHand(ServiceMetric.LAG_SECONDS, images -> seconds(images.lag(System.currentTimeMillis())));
        lost = ServiceMetric.IMAGES_LOST.counter(registry);
        ServiceMetric.BROKERS_UNREACHED.gauge(registry, () -> unreachedSeconds.getAsDouble());
        ServiceMetric.LOG_START_DISTANCE.gauge(registry, this::logStartDistance);
        ServiceMetric.IMAGES_UNACCOUNTED.gauge(registry, this::unaccounted);
        ModelMeters unused = of(ModelVersion.UNKNOWN);
    }

    /**
     * A model's name and version.
     *
     * @param model empty where no model is known, as for images that ask for one that is not served
     */
    private record ModelVersion(String model, String version) {
        static final ModelVersion UNKNOWN = new ModelVersion("", "");

        static ModelVersion of(@Nullable Model model) {
            return model == null ? UNKNOWN : new ModelVersion(model.name(), model.version());
        }
    }

    /** What is served now. */
    private record Served(String defaultName, List<ImageCertifier> certifiers) {
        ModelVersion asked(Headers headers) {
            String asked = HeaderValues.text(headers, HeaderNames.MODEL);
            String name = asked == null ? defaultName : asked;
            return models()
                    .filter(model -> model.name().equals(name))
                    .findFirst()
                    .map(ModelVersion::of)
                    .orElse(ModelVersion.UNKNOWN);
        }

        boolean has(ModelVersion version) {
            return version.equals(ModelVersion.UNKNOWN)
                    || models().map(ModelVersion::of).anyMatch(version::equals);
        }

        Stream<Model> models() {
            return certifiers.stream().map(ImageCertifier::model);
        }
    }

    /** Of all models, also those that are forgotten: these never go down. */
    private static final class Totals {
        private final LongAdder received = new LongAdder();
        private final LongAdder certified = new LongAdder();
        private final LongAdder abstained = new LongAdder();
        private final LongAdder rejected = new LongAdder();
        private final LongAdder givenUp = new LongAdder();
    }

    private void atHand(ServiceMetric metric, ToDoubleFunction<ImagesAtHand> value) {
        metric.gauge(registry, () -> {
            ImagesAtHand images = atHand.get();
            return images == null ? 0 : value.applyAsDouble(images);
        });
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    /** An image may be between two of the numbers when they are read, and is not when they are read again. */
    private double unaccounted() {
        long difference = 0;
        for (int look = 0; look < 3; look++) {
            ImagesAtHand images = atHand.get();
            difference = totals.received.sum()
                    - totals.certified.sum()
                    - totals.abstained.sum()
                    - totals.rejected.sum()
                    - totals.givenUp.sum()
                    - (images == null ? 0 : images.images());
            if (difference == 0) {
                return 0;
            }
        }
        return difference;
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
        lost.increment((double) offsets);
    }

    private double logStartDistance() {
        double offsets = offsetsToRemoved.getAsDouble();
        return Double.isNaN(offsets) ? Double.POSITIVE_INFINITY : offsets;
    }

    /** What was done since the process started, and the models that certify. */
    public CertificationReport.Figures figures() {
        long certified = totals.certified.sum();
        long abstained = totals.abstained.sum();
        long rejected = totals.rejected.sum();
        List<CertificationReport.ServedModel> now = served.models()
                .map(model -> new CertificationReport.ServedModel(model.name(), model.version(), model.sha256()))
                .sorted(Comparator.comparing(CertificationReport.ServedModel::name))
                .toList();
        // Received is read last: an image is counted there first, and none is then answered that was not received.
        return new CertificationReport.Figures(totals.received.sum(), certified, abstained, rejected, now);
    }

    /**
     * Names the models that certify, and no others.
     *
     * @param defaultName name of the model for images that name none
     */
    void serve(String defaultName, Collection<ImageCertifier> certifiers) {
        Served before = served;
        served = new Served(defaultName, List.copyOf(certifiers));
        for (ImageCertifier certifier : certifiers) {
            if (!before.certifiers().contains(certifier)) {
                begin(certifier);
            }
        }
        info.register(certifiers.stream().map(this::info).toList(), true);
        fallbacks.register(certifiers.stream().map(this::fallback).toList(), true);
    }

    private void begin(ImageCertifier certifier) {
        Model model = certifier.model();
        of(ModelVersion.of(model)).serve(certifier.classifier(), certifier.classNames());
        certificates.begin(
                model, certifier.parameters(certifier.plan().kind()).sigma());
        times.begin(model.name(), model.version());
    }

    private MultiGauge.Row<Number> info(ImageCertifier certifier) {
        Model model = certifier.model();
        CertifiedPrediction.Engine engine = certifier.engine();
        return MultiGauge.Row.of(
                ServiceMetric.MODEL_INFO.tags(
                        model.name(),
                        model.version(),
                        model.sha256(),
                        engine.provider(),
                        engine.precision(),
                        configured.toString()),
                1);
    }

    private MultiGauge.Row<Number> fallback(ImageCertifier certifier) {
        Model model = certifier.model();
        CertifiedPrediction.Engine engine = certifier.engine();
        boolean isFallback = configured.kind() == ExecutionProvider.Kind.AUTO
                && engine.provider().equals(ExecutionProvider.CPU.toString())
                && !engine.precision().equals(Precision.INT8.toString())
                && GpuMetrics.areThere();
        return MultiGauge.Row.of(
                ServiceMetric.MODEL_PROVIDER_FALLBACK.tags(model.name(), model.version()), isFallback ? 1 : 0);
    }

    /** An image was taken; gives the meters of the model that it asks for. */
    ModelMeters received(Headers headers) {
        ModelMeters model = of(served.asked(headers));
        totals.received.increment();
        model.received();
        return model;
    }

    /**
     * An image was given up unanswered: whoever has its partition next answers it.
     *
     * @param model as it was received
     */
    void givenUp(ModelMeters model) {
        totals.givenUp.increment();
        model.givenUp();
    }

    /**
     * An answer was handed to the producer.
     *
     * @param waited time from the answer to its turn
     */
    void answered(ImageCourse course, CertifiedPrediction prediction, Duration waited) {
        switch (prediction.outcome()) {
            case CERTIFIED -> totals.certified.increment();
            case ABSTAINED -> totals.abstained.increment();
        }
        ModelVersion version = ModelVersion.of(prediction.model());
        of(version).answered(prediction);
        certificates.add(prediction, course.trace());
        times.add(course, waited, version.model(), version.version());
        course.end();
    }

    /**
     * A rejection was handed to the producer.
     *
     * @param waited time from the rejection to its turn
     */
    void rejected(ImageCourse course, RejectionReason reason, Duration waited) {
        totals.rejected.increment();
        ModelVersion version = ModelVersion.of(course.model());
        of(version).rejected(reason);
        times.add(course, waited, version.model(), version.version());
        course.end();
    }

    private ModelMeters of(ModelVersion version) {
        synchronized (models) {
            ModelMeters found = models.get(version);
            if (found != null) {
                return found;
            }
            forgetSome();
            ModelMeters added = new ModelMeters(registry, version.model(), version.version());
            models.put(version, added);
            return added;
        }
    }

    private void forgetSome() {
        for (Iterator<Map.Entry<ModelVersion, ModelMeters>> all =
                        models.entrySet().iterator();
                all.hasNext() && models.size() >= MOST_MODELS; ) {
            Map.Entry<ModelVersion, ModelMeters> eldest = all.next();
            ModelVersion version = eldest.getKey();
            if (!served.has(version)) {
                eldest.getValue().forget();
                certificates.forget(version.model(), version.version());
                times.forget(version.model(), version.version());
                all.remove();
            }
        }
    }
}
