// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.catrs.console.tracing.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * A histogram by model, whose buckets are exact, and may be others for each model: Prometheus's own client counts it,
 * classic and native. (Micrometer's histogram with buckets of one's own rounds each value up to a whole number.)
 *
 * <p>The sum is never above the truth: each value goes into it rounded down to 2^-20, so that adding is exact. Values must
 * be at least 0. Where the registry is not Prometheus's, nothing can be read. The first two labels are the model's name and
 * version.
 */
public final class ModelHistogram implements Collector {
    private static final double GRID = 1 << 20;

    private final ServiceMetric metric;

    /** By the values of the labels. */
    private final Map<List<String>, OfModel> models = new ConcurrentHashMap<>();

    private ModelHistogram(ServiceMetric metric) {
        this.metric = metric;
    }

    static ModelHistogram register(MeterRegistry registry, ServiceMetric metric) {
        ModelHistogram histogram = new ModelHistogram(metric);
        if (registry instanceof PrometheusMeterRegistry prometheus) {
            prometheus.getPrometheusRegistry().register(histogram);
        }
        return histogram;
    }

    /**
     * Shows a model's histogram with nothing in it, so that the first value is seen to come.
     *
     * @param bounds upper bounds of the buckets, to which values that equal them belong; the first call for a model decides
     * @param labelValues one for each label of the metric
     */
    public void begin(double[] bounds, String... labelValues) {
        OfModel unused = of(bounds, labelValues);
    }

    /**
     * Counts a value.
     *
     * @param trace what the value was measured of, as an example for its bucket; null for none
     * @param bounds as {@link #begin} has them
     * @param labelValues one for each label of the metric
     */
    public void record(double value, @Nullable TraceContext trace, double[] bounds, String... labelValues) {
        of(bounds, labelValues).record(value, trace);
    }

    /** Shows nothing of a model any more, until it has another value. */
    public void forget(String model, String version) {
        models.keySet().removeIf(labels -> labels.subList(0, 2).equals(List.of(model, version)));
    }

    private OfModel of(double[] bounds, String... labelValues) {
        return models.computeIfAbsent(List.of(labelValues), labels -> new OfModel(metric, bounds, labelValues));
    }

    @Override
    public HistogramSnapshot collect() {
        List<HistogramDataPointSnapshot> points = new ArrayList<>();
        models.values().forEach(model -> points.add(model.point()));
        return new HistogramSnapshot(new MetricMetadata(metric.prometheusName(), metric.meaning()), points);
    }

    private static final class OfModel {
        private final Histogram histogram;
        private final String[] labels;
        private final double[] bounds;
        private final LongAdder sum = new LongAdder();

        /** The newest value of each bucket that is of a trace. */
        private final AtomicReferenceArray<@Nullable Exemplar> examples;

        OfModel(ServiceMetric metric, double[] bounds, String... labelValues) {
            histogram = Histogram.builder()
                    .name(metric.prometheusName())
                    .help(metric.meaning())
                    .labelNames(metric.labels().toArray(String[]::new))
                    .classicUpperBounds(bounds)
                    .withoutExemplars()
                    .build();
            histogram.initLabelValues(labelValues);
            labels = labelValues.clone();
            this.bounds = bounds.clone();
            examples = new AtomicReferenceArray<>(bounds.length + 1);
        }

        void record(double value, @Nullable TraceContext trace) {
            histogram.labelValues(labels).observe(value);
            sum.add((long) Math.floor(value * GRID));
            if (trace != null) {
                examples.set(bucket(value), example(value, trace));
            }
        }

        private int bucket(double value) {
            int bucket = 0;
            while (bucket < bounds.length && value > bounds[bucket]) {
                bucket++;
            }
            return bucket;
        }

        private static Exemplar example(double value, TraceContext trace) {
            return Exemplar.builder()
                    .value(value)
                    .traceId(trace.traceId())
                    .spanId(trace.spanId())
                    .timestampMillis(System.currentTimeMillis())
                    .build();
        }

        private Exemplars examples() {
            return Exemplars.of(IntStream.range(0, examples.length())
                    .mapToObj(examples::get)
                    .filter(Objects::nonNull)
                    .toList());
        }

        HistogramDataPointSnapshot point() {
            HistogramDataPointSnapshot counted =
                    histogram.collect().getDataPoints().get(0);
            return HistogramDataPointSnapshot.builder()
                    .labels(counted.getLabels())
                    .classicHistogramBuckets(counted.getClassicBuckets())
                    .nativeSchema(counted.getNativeSchema())
                    .nativeZeroCount(counted.getNativeZeroCount())
                    .nativeZeroThreshold(counted.getNativeZeroThreshold())
                    .nativeBucketsForPositiveValues(counted.getNativeBucketsForPositiveValues())
                    .nativeBucketsForNegativeValues(counted.getNativeBucketsForNegativeValues())
                    .sum(sum.sum() / GRID)
                    .exemplars(examples())
                    .createdTimestampMillis(counted.getCreatedTimestampMillis())
                    .build();
        }
    }
}
