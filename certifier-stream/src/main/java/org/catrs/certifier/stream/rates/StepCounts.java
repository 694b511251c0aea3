// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates;

import java.util.Map;
import java.util.TreeMap;
import org.catrs.schemas.event.CertificationRates.Quantiles;
import org.jspecify.annotations.Nullable;

/** Counts of values by steps of 1/1024, from which quantiles are read, rounded down to a step. */
final class StepCounts {
    private static final double STEPS = 1024;

    private final TreeMap<Integer, Long> counts;

    StepCounts(Map<Integer, Long> counts) {
        this.counts = new TreeMap<>(counts);
    }

    /** @param value at least 0 */
    void add(double value) {
        counts.merge((int) Math.floor(value * STEPS), 1L, Long::sum);
    }

    Map<Integer, Long> byStep() {
        return new TreeMap<>(counts);
    }

    /** Null where nothing was counted. */
    @Nullable
    Quantiles quantiles() {
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        return all == 0
                ? null
                : new Quantiles(
                        quantile(all, 0.05),
                        quantile(all, 0.25),
                        quantile(all, 0.5),
                        quantile(all, 0.75),
                        quantile(all, 0.95));
    }

    /** The least value that a share of all does not exceed. */
    private double quantile(long all, double share) {
        long rank = Math.max(1, (long) Math.ceil(share * all));
        long seen = 0;
        for (Map.Entry<Integer, Long> step : counts.entrySet()) {
            seen += step.getValue();
            if (seen >= rank) {
                return step.getKey() / STEPS;
            }
        }
        throw new IllegalStateException("a share of all is among them");
    }
}
