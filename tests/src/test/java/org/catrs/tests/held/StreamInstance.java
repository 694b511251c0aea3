// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.held;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.StreamSupport;
import org.catrs.certifier.network.options.ExecutionProvider;
import org.catrs.certifier.smoothing.PlanRequest;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.stream.outcome.CertifiedPredictions;
import org.catrs.certifier.stream.seed.SeedSource;
import org.catrs.certifier.stream.service.CertifierStream;
import org.catrs.certifier.stream.service.EarlyStop;
import org.catrs.certifier.stream.service.StreamMeters;
import org.catrs.certifier.stream.service.StreamPlan;
import org.catrs.certifier.stream.settings.CertifierConfig;
import org.catrs.certifier.stream.topology.CertifierMeters;
import org.catrs.certifier.stream.topology.CertifierRegistry;
import org.catrs.certifier.stream.topology.ImageCertifier;
import org.catrs.certifier.stream.topology.PlanPolicy;
import org.catrs.console.Health;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.image.ImageLimits;
import org.catrs.tests.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An instance of the certifier within this process, with a classifier of the test's. */
final class StreamInstance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamInstance.class);
    private static final SmoothingParameters PARAMETERS =
            new SmoothingParameters(0.5, 0.001, 10, 100, NoiseKind.DISCRETE);
    private static final PlanPolicy PLANS =
            new PlanPolicy(PlanRequest.NONE, Duration.ofSeconds(60), StopCondition.NEVER);
    private static final CertifiedPredictions WRITER = new CertifiedPredictions(
            new CertifiedPrediction.Model("paced", "1", "ab".repeat(32)),
            new CertifiedPrediction.Engine("cpu", "fp32", "paced", "1", null),
            CertifiedPrediction.Independence.PROVED,
            List.of("first", "second"));

    private final PacedClassifier classifier;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private final CertifierStream stream;

    private StreamInstance(CertifierConfig config, PacedClassifier.Pace pace) {
        classifier = new PacedClassifier(pace);
        CertifierMeters meters = new CertifierMeters(registry, ExecutionProvider.AUTO);
        CertifierRegistry certifiers = new CertifierRegistry("paced", meters);
        certifiers.put(
                new ImageCertifier(
                        classifier,
                        WRITER,
                        plan -> PARAMETERS,
                        new SeedSource.Random(),
                        PLANS,
                        new ImageLimits(1_000_000, 1_000)),
                () -> {});
        stream = CertifierStream.start(
                config,
                StreamPlan.of(config, List.of()),
                certifiers,
                meters,
                new StreamMeters(registry),
                new EarlyStop(config.topics().images(), config.mostWaiting()),
                this::failed);
    }

    /** Starts an instance; returns before it has partitions. */
    static StreamInstance start(StreamCase topics, Map<String, String> settings, PacedClassifier.Pace pace) {
        Map<String, String> all = new HashMap<>(topics.settings());
        all.putAll(settings);
        return new StreamInstance(CertifierConfig.of(all), pace);
    }

    private void failed(Throwable error) {
        LOG.error("an error stops the instance", error);
        errors.add(error);
    }

    PacedClassifier classifier() {
        return classifier;
    }

    Health health() {
        return stream.health();
    }

    List<Throwable> errors() {
        return List.copyOf(errors);
    }

    /** Sum over the series of a metric; 0 where there is none. */
    double metric(String name) {
        return registry.find(name).meters().stream()
                .flatMap(meter -> StreamSupport.stream(meter.measure().spliterator(), false))
                .mapToDouble(measurement -> measurement.getValue())
                .sum();
    }

    /** Its own metrics, as Prometheus reads them. */
    Metrics metrics() {
        return Metrics.parse(registry.scrape());
    }

    /** Leaves the group, and says how long that took; fails when it did not end in time. */
    Duration leave() {
        long begin = System.nanoTime();
        if (!stream.close()) {
            throw new AssertionError("the stream did not end in time");
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Override
    public void close() {
        stream.close();
    }
}
