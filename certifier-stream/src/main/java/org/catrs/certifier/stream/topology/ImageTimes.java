// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.catrs.console.ModelHistogram;
import org.catrs.console.ServiceMetric;
import org.catrs.console.tracing.TraceContext;
import org.jspecify.annotations.Nullable;

/** Where the time of images goes, for each model. */
final class ImageTimes {
    private static final double[] SECONDS = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 3_600
    };

    private final Map<Work, ModelHistogram> work = new EnumMap<>(Work.class);
    private final ModelHistogram queue;
    private final ModelHistogram held;
    private final ModelHistogram latency;

    ImageTimes(MeterRegistry registry) {
        queue = ServiceMetric.QUEUE.modelHistogram(registry);
        for (Work part : Work.values()) {
            work.put(part, part.metric().modelHistogram(registry));
        }
        held = ServiceMetric.HELD.modelHistogram(registry);
        latency = ServiceMetric.LATENCY.modelHistogram(registry);
    }

    void begin(String model, String version) {
        queue.begin(SECONDS, model, version);
        work.values().forEach(part -> part.begin(SECONDS, model, version));
        held.begin(SECONDS, model, version);
        latency.begin(SECONDS, model, version);
    }

    void forget(String model, String version) {
        queue.forget(model, version);
        work.values().forEach(part -> part.forget(model, version));
        held.forget(model, version);
        latency.forget(model, version);
    }

    /** @param waited time from the answer to its turn */
    void add(ImageCourse course, Duration waited, String model, String version) {
        TraceContext trace = course.trace();
        add(queue, course.queued(), trace, model, version);
        course.work().forEach((part, time) -> {
            ModelHistogram times = work.get(part);
            if (times != null) {
                add(times, time, trace, model, version);
            }
        });
        add(held, waited, trace, model, version);
        add(latency, course.age(), trace, model, version);
    }

    private static void add(
            ModelHistogram times, Duration time, @Nullable TraceContext trace, String model, String version) {
        times.record(Math.max(0, time.toNanos() / 1e9), trace, SECONDS, model, version);
    }
}
