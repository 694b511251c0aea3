// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.catrs.certifier.stream.rates.shift.Baseline;
import org.catrs.console.ServiceMetric;
import org.catrs.schemas.event.ShiftEvent;
import org.catrs.schemas.event.ShiftEvent.Measure;
import org.jspecify.annotations.Nullable;

/** The shifts, and the baselines, of the models that this instance compares: others do so for the other models. */
public final class ShiftMeters {
    /** A baseline of more classes shows the most frequent of them, and the rest together. */
    private static final int MOST_LABELS = 100;

    private final MeterRegistry registry;
    private final MultiGauge distances;
    private final MultiGauge images;
    private final MultiGauge abstained;
    private final MultiGauge labels;
    private final Set<Comparison> comparisons = new LinkedHashSet<>();

    public ShiftMeters(MeterRegistry registry) {
        this.registry = registry;
        this.distances = ServiceMetric.SHIFT.multiGauge(registry);
        this.images = ServiceMetric.BASELINE_IMAGES.multiGauge(registry);
        this.abstained = ServiceMetric.BASELINE_ABSTAINED_SHARE.multiGauge(registry);
        this.labels = ServiceMetric.BASELINE_LABEL_SHARE.multiGauge(registry);
    }

    synchronized void add(Comparison comparison) {
        comparisons.add(comparison);
        for (Measure measure : Measure.values()) {
            begun(comparison.model(), measure).increment(0);
        }
        show();
    }

    synchronized void remove(@Nullable Comparison comparison) {
        comparisons.remove(comparison);
        show();
    }

    /** Counts a shift that began. */
    void told(ShiftEvent event) {
        if (event.state() == ShiftEvent.State.BEGAN) {
            begun(event.model(), event.measure()).increment();
        }
    }

    private Counter begun(String model, Measure measure) {
        return ServiceMetric.SHIFTS_BEGUN.counter(registry, model, measure.name());
    }

    /** A baseline is complete: what it is made of changes no more. */
    synchronized void completed() {
        show();
    }

    private void show() {
        distances.register(rows(ShiftMeters::distances), true);
        images.register(rows(ShiftMeters::images), true);
        abstained.register(rows(ShiftMeters::abstained), true);
        labels.register(rows(ShiftMeters::labels), true);
    }

    private List<MultiGauge.Row<?>> rows(Function<Comparison, Stream<MultiGauge.Row<?>>> ofComparison) {
        return comparisons.stream().flatMap(ofComparison).toList();
    }

    private static Stream<MultiGauge.Row<?>> distances(Comparison comparison) {
        return Arrays.stream(Measure.values())
                .map(measure -> MultiGauge.Row.of(
                        tags(ServiceMetric.SHIFT, comparison, measure.name()),
                        comparison,
                        compared -> compared.distance(measure)));
    }

    private static Stream<MultiGauge.Row<?>> images(Comparison comparison) {
        return Stream.of(MultiGauge.Row.of(
                tags(ServiceMetric.BASELINE_IMAGES, comparison),
                comparison,
                compared -> compared.baseline().images()));
    }

    private static Stream<MultiGauge.Row<?>> abstained(Comparison comparison) {
        return comparison.isComplete()
                ? Stream.of(MultiGauge.Row.of(
                        tags(ServiceMetric.BASELINE_ABSTAINED_SHARE, comparison),
                        comparison.baseline().abstainedShare()))
                : Stream.empty();
    }

    private static Stream<MultiGauge.Row<?>> labels(Comparison comparison) {
        if (!comparison.isComplete()) {
            return Stream.empty();
        }
        Baseline baseline = comparison.baseline();
        List<Integer> all = baseline.labelsByFrequency();
        int front = Math.min(all.size(), MOST_LABELS);
        Stream<MultiGauge.Row<?>> most =
                all.subList(0, front).stream().map(label -> share(comparison, Integer.toString(label), List.of(label)));
        return front == all.size()
                ? most
                : Stream.concat(most, Stream.of(share(comparison, "other", all.subList(front, all.size()))));
    }

    private static MultiGauge.Row<?> share(Comparison comparison, String label, List<Integer> classes) {
        return MultiGauge.Row.of(
                tags(ServiceMetric.BASELINE_LABEL_SHARE, comparison, label),
                comparison.baseline().labelShare(classes));
    }

    private static Tags tags(ServiceMetric metric, Comparison comparison, String... more) {
        return metric.tags(
                Stream.concat(comparison.labels().stream(), Arrays.stream(more)).toArray(String[]::new));
    }
}
