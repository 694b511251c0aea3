// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * A histogram by model, whose buckets are exact, and may be others for each model: Prometheus's own client counts it,
 * classic and native. (Micrometer's histogram with buckets of one's own rounds each value up to a whole number.)
 *
 * <p>The sum is never above the truth: each value goes into it rounded down to 2^-20, so that adding is exact. Values must
 * be at least 0. Where the registry is not Prometheus's, nothing can be read.
 */
public final class ModelHistogram implements Collector {
    /** Versions come and go; those that had no value for longest go. */
    private static final int MOST_MODELS = 20;

    private static final double GRID = 1 << 20;

    private final ServiceMetric metric;

    /** By the values of the labels; guards itself. */
    private final Map<List<String>, OfModel> models = new LinkedHashMap<>(16, 0.75f, true);

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
     * Counts a value.
     *
     * @param bounds upper bounds of the buckets, to which values that equal them belong; the first call for a model decides
     * @param labelValues one for each label of the metric
     */
    public void record(double value, double[] bounds, String... labelValues) {
        OfModel model;
        synchronized (models) {
            model = models.computeIfAbsent(List.of(labelValues), labels -> new OfModel(metric, bounds, labelValues));
            if (models.size() > MOST_MODELS) {
                models.remove(models.keySet().iterator().next());
            }
        }
        model.record(value);
    }

    @Override
    public HistogramSnapshot collect() {
        List<OfModel> all;
        synchronized (models) {
            all = List.copyOf(models.values());
        }
        List<HistogramDataPointSnapshot> points = new ArrayList<>();
        all.forEach(model -> points.add(model.point()));
        return new HistogramSnapshot(new MetricMetadata(metric.prometheusName(), metric.meaning()), points);
    }

    private static final class OfModel {
        private final Histogram histogram;
        private final String[] labels;
        private final LongAdder sum = new LongAdder();

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
        }

        void record(double value) {
            histogram.labelValues(labels).observe(value);
            sum.add((long) Math.floor(value * GRID));
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
                    .exemplars(counted.getExemplars())
                    .createdTimestampMillis(counted.getCreatedTimestampMillis())
                    .build();
        }
    }
}
