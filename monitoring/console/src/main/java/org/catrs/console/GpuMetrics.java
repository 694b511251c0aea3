// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.catrs.schemas.DaemonThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How busy the machine's NVIDIA devices are, which nvidia-smi is asked for every ten seconds. */
public final class GpuMetrics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GpuMetrics.class);
    private static final Path DRIVER = Path.of("/proc/driver/nvidia/gpus");
    private static final List<String> COMMAND = List.of(
            "nvidia-smi", "--query-gpu=index,utilization.gpu,memory.used", "--format=csv,noheader,nounits");
    private static final long PERIOD_SECONDS = 10;
    private static final double PERCENT = 100;
    private static final double BYTES_PER_MIB = 1 << 20;

    private final MultiGauge utilization;
    private final MultiGauge memory;
    private final ScheduledExecutorService looks =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("gpu-looks"));

    private GpuMetrics(MeterRegistry registry) {
        utilization = ServiceMetric.GPU_UTILIZATION.multiGauge(registry);
        memory = ServiceMetric.GPU_MEMORY.multiGauge(registry);
    }

    /** Whether the machine has an NVIDIA device, usable or not. */
    public static boolean areThere() {
        return Files.isDirectory(DRIVER);
    }

    /** Begins to measure, where there are devices. */
    static Optional<GpuMetrics> bindTo(MeterRegistry registry) {
        if (!areThere()) {
            return Optional.empty();
        }
        GpuMetrics metrics = new GpuMetrics(registry);
        ScheduledFuture<?> unused =
                metrics.looks.scheduleWithFixedDelay(metrics::look, 0, PERIOD_SECONDS, TimeUnit.SECONDS);
        return Optional.of(metrics);
    }

    /** Without a tool there is nothing to be seen, and it is not asked for again. */
    private void look() {
        try {
            Process tool = new ProcessBuilder(COMMAND)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            // A driver that hangs must not hold the last numbers for ever.
            CompletableFuture.delayedExecutor(PERIOD_SECONDS, TimeUnit.SECONDS).execute(tool::destroyForcibly);
            show(new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.info("the share of GPUs in use is not shown, since nvidia-smi cannot be run: {}", e.getMessage());
            looks.shutdown();
        } catch (RuntimeException e) {
            LOG.warn("nvidia-smi was not understood", e);
        }
    }

    private void show(String answer) {
        List<Gpu> gpus = gpus(answer);
        utilization.register(
                gpus.stream()
                        .map(gpu -> MultiGauge.Row.of(ServiceMetric.GPU_UTILIZATION.tags(gpu.index()), gpu.share()))
                        .toList(),
                true);
        memory.register(
                gpus.stream()
                        .map(gpu -> MultiGauge.Row.of(ServiceMetric.GPU_MEMORY.tags(gpu.index()), gpu.bytes()))
                        .toList(),
                true);
    }

    /** Reads what the tool prints; devices that do not say all of it are left out. */
    static List<Gpu> gpus(String answer) {
        return answer.lines()
                .map(line -> Arrays.stream(line.split(",", -1)).map(String::strip).toList())
                .filter(parts -> parts.size() == 3 && parts.stream().allMatch(part -> part.matches("\\d{1,9}")))
                .map(parts -> new Gpu(
                        parts.get(0),
                        Double.parseDouble(parts.get(1)) / PERCENT,
                        Double.parseDouble(parts.get(2)) * BYTES_PER_MIB))
                .toList();
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }

    /**
     * One device.
     *
     * @param index of the machine
     * @param share of the time in which it was busy, from 0 to 1
     * @param bytes of its memory that are in use
     */
    record Gpu(String index, double share, double bytes) {}
}
