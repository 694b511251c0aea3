// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.catrs.certifier.smoothing.BaseClassifier;
import org.catrs.certifier.stream.intake.RejectionReason;
import org.catrs.console.ServiceMetric;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.Sampling.Stop;
import org.jspecify.annotations.Nullable;

/** What became of the images of one version of a model. All counters are there from its service on, at 0. */
final class ModelMeters {
    private final MeterRegistry registry;
    private final String model;
    private final String version;
    private final Counter received;
    private final Counter certified;
    private final Counter abstained;
    private final Counter givenUp;
    private final Counter noiseSamples;
    private final Map<RejectionReason, Counter> rejected = new EnumMap<>(RejectionReason.class);
    private final Map<Stop, Counter> stops = new EnumMap<>(Stop.class);
    private final LabelCounters labels;

    /** Of the network; others when the version comes back. */
    private final List<Meter> batches = new ArrayList<>();

    ModelMeters(MeterRegistry registry, String model, String version) {
        this.registry = registry;
        this.model = model;
        this.version = version;
        received = ServiceMetric.IMAGES_RECEIVED.counter(registry, model, version);
        certified = ServiceMetric.IMAGES_CERTIFIED.counter(registry, model, version);
        abstained = ServiceMetric.IMAGES_ABSTAINED.counter(registry, model, version);
        givenUp = ServiceMetric.IMAGES_GIVEN_UP.counter(registry, model, version);
        noiseSamples = ServiceMetric.NOISE_SAMPLES.counter(registry, model, version);
        for (RejectionReason reason : RejectionReason.values()) {
            rejected.put(
                    reason,
                    ServiceMetric.IMAGES_REJECTED.counter(
                            registry, model, version, reason.stage().toString(), reason.name()));
        }
        for (Stop stop : Stop.values()) {
            stops.put(stop, ServiceMetric.SAMPLING_ENDED.counter(registry, model, version, stop.name()));
        }
        labels = new LabelCounters(registry, model, version);
    }

    /** Counts the batches of the network that runs from now on. */
    synchronized void serve(BaseClassifier network, List<String> classNames) {
        labels.begin(network.classes(), classNames);
        batches.forEach(registry::remove);
        batches.clear();
        batches.add(ServiceMetric.BATCH_SLOTS.counter(
                registry, network, running -> running.batchFill().slots(), model, version));
        batches.add(ServiceMetric.BATCH_SLOTS_USED.counter(
                registry, network, running -> running.batchFill().used(), model, version));
        batches.add(ServiceMetric.BATCH_WAIT.sums(
                registry,
                network,
                running -> running.batchWait().requests(),
                running -> running.batchWait().seconds(),
                model,
                version));
    }

    void received() {
        received.increment();
    }

    void givenUp() {
        givenUp.increment();
    }

    void answered(CertifiedPrediction prediction) {
        noiseSamples.increment((double) prediction.samples());
        if (prediction.sampling() != null) {
            increment(stops.get(prediction.sampling().stop()));
        }
        if (prediction.label() != null) {
            labels.add(prediction.label(), prediction.className());
        }
        switch (prediction.outcome()) {
            case CERTIFIED -> certified.increment();
            case ABSTAINED -> abstained.increment();
        }
    }

    void rejected(RejectionReason reason) {
        increment(rejected.get(reason));
    }

    private static void increment(@Nullable Counter counter) {
        if (counter != null) {
            counter.increment();
        }
    }

    /** Shows nothing of the version any more. */
    synchronized void forget() {
        List.of(received, certified, abstained, givenUp, noiseSamples).forEach(registry::remove);
        rejected.values().forEach(registry::remove);
        stops.values().forEach(registry::remove);
        batches.forEach(registry::remove);
        labels.forget();
    }
}
