// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Counts what became of releases. All counters exist at zero from the start. */
public final class ReleaseMeters {
    private final Counter swaps;
    private final Map<RefusalReason, Counter> refused = new EnumMap<>(RefusalReason.class);
    private final Timer loading;

    public ReleaseMeters(MeterRegistry registry) {
        swaps = Counter.builder("catrs.model.swaps")
                .description("Models that were put into service, new ones and those in the place of another")
                .register(registry);
        for (RefusalReason reason : RefusalReason.values()) {
            refused.put(
                    reason,
                    Counter.builder("catrs.model.refused")
                            .description("Releases that are not served; each attempt at one counts")
                            .tag("reason", reason.name())
                            .register(registry));
        }
        loading = Timer.builder("catrs.model.loading")
                .description("Time from the begin of a release's fetching to its service")
                .register(registry);
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
