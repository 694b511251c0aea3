// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.catrs.console.ServiceMetric;
import org.catrs.schemas.event.ShiftEvent;
import org.catrs.schemas.event.ShiftEvent.Measure;
import org.jspecify.annotations.Nullable;

/** The shifts of the models that this instance compares: others do so for the other models. */
public final class ShiftMeters {
    private final MeterRegistry registry;
    private final MultiGauge distances;
    private final Set<Comparison> comparisons = new LinkedHashSet<>();

    public ShiftMeters(MeterRegistry registry) {
        this.registry = registry;
        this.distances = ServiceMetric.SHIFT.multiGauge(registry);
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

    private void show() {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            for (Measure measure : Measure.values()) {
                List<String> labels = new ArrayList<>(comparison.labels());
                labels.add(measure.name());
                rows.add(MultiGauge.Row.of(
                        ServiceMetric.SHIFT.tags(labels.toArray(String[]::new)),
                        comparison,
                        compared -> compared.distance(measure)));
            }
        }
        distances.register(rows, true);
    }
}
