// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.catrs.console.ServiceMetric;

/** Counts what became of releases. All counters exist at zero from the start. */
public final class ReleaseMeters {
    private final Counter swaps;
    private final Map<RefusalReason, Counter> refused = new EnumMap<>(RefusalReason.class);
    private final Timer loading;

    public ReleaseMeters(MeterRegistry registry) {
        swaps = ServiceMetric.MODEL_SWAPS.counter(registry);
        for (RefusalReason reason : RefusalReason.values()) {
            refused.put(reason, ServiceMetric.MODEL_REFUSED.counter(registry, reason.name()));
        }
        loading = ServiceMetric.MODEL_LOADING.timer(registry);
    }

    void served(long nanos) {
        swaps.increment();
        loading.record(nanos, TimeUnit.NANOSECONDS);
    }

    void refused(RefusalReason reason) {
        Counter counter = refused.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }
}
