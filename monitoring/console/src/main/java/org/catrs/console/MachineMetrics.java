// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.Optional;

/** Metrics of the process and its machine: memory, garbage collection, threads, CPUs, GPUs. */
public final class MachineMetrics implements AutoCloseable {
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

    private final Optional<GpuMetrics> gpus;

    private MachineMetrics(Optional<GpuMetrics> gpus) {
        this.gpus = gpus;
    }

    /** Begins to measure. */
    public static MachineMetrics bindTo(MeterRegistry registry) {
        MachineMetrics metrics = new MachineMetrics(GpuMetrics.bindTo(registry));
        metrics.garbageCollection.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        ProcessStatus.SELF.bindTo(registry);
        return metrics;
    }

    @Override
    public void close() {
        garbageCollection.close();
        gpus.ifPresent(GpuMetrics::close);
    }
}
