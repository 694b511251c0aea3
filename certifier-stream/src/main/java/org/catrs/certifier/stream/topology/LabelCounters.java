// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.catrs.console.ServiceMetric;
import org.jspecify.annotations.Nullable;

/**
 * Counts the certified labels of a model. Where it has more classes than there may be series, each of the most frequent has
 * one, and the rest share one. A class comes to the front when it has been seen more than twice as often as the one there
 * that has been seen least: so classes seldom change places. Its series begins at 0 then, so that none ever goes down.
 */
final class LabelCounters {
    private static final String OTHER = "other";
    private static final int MOST_SERIES = 100;

    private final MeterRegistry registry;
    private final String model;
    private final String version;

    /** By class; guarded by this, as the next ones are. */
    private final Map<Integer, Counter> front = new HashMap<>();

    private final Map<Integer, Long> seen = new HashMap<>();
    private @Nullable Counter rest;

    LabelCounters(MeterRegistry registry, String model, String version) {
        this.registry = registry;
        this.model = model;
        this.version = version;
    }

    /** Shows all classes at 0, where each may have a series. */
    synchronized void begin(int classes, List<String> names) {
        if (classes <= MOST_SERIES) {
            for (int label = 0; label < classes; label++) {
                front.computeIfAbsent(label, of(label < names.size() ? names.get(label) : null));
            }
        }
    }

    /** @param name of the class; null where it has none */
    synchronized void add(int label, @Nullable String name) {
        long times = seen.merge(label, 1L, Long::sum);
        Counter own = front.get(label);
        if (own == null && front.size() >= MOST_SERIES) {
            int least = least();
            if (times > 2 * seen.getOrDefault(least, 0L)) {
                registry.remove(Objects.requireNonNull(front.remove(least), "it was found there"));
            }
        }
        if (own == null && front.size() < MOST_SERIES) {
            own = front.computeIfAbsent(label, of(name));
        }
        (own == null ? rest() : own).increment();
    }

    private int least() {
        return front.keySet().stream()
                .min(Comparator.comparing(label -> seen.getOrDefault(label, 0L)))
                .orElseThrow();
    }

    private Counter rest() {
        if (rest == null) {
            rest = counter(OTHER, OTHER);
        }
        return rest;
    }

    private Function<Integer, Counter> of(@Nullable String name) {
        return label -> counter(Integer.toString(label), name == null ? Integer.toString(label) : name);
    }

    private Counter counter(String label, String name) {
        return ServiceMetric.LABELS.counter(registry, model, version, label, name);
    }

    synchronized void forget() {
        front.values().forEach(registry::remove);
        front.clear();
        if (rest != null) {
            registry.remove(rest);
            rest = null;
        }
    }
}
