// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * What Linux says of a process, its native libraries included: memory, open files, threads. NaN for what it does not say,
 * as everything is on other systems.
 */
record ProcessStatus(Path folder) {
    private static final double BYTES_PER_KIB = 1024;

    /** Of this process. */
    static final ProcessStatus SELF = new ProcessStatus(Path.of("/proc/self"));

    void bindTo(MeterRegistry registry) {
        gauge(registry, ServiceMetric.RESIDENT_MEMORY, this::residentBytes);
        gauge(registry, ServiceMetric.NATIVE_THREADS, this::threads);
        gauge(registry, ServiceMetric.OPEN_FILES, this::openFiles);
        gauge(registry, ServiceMetric.MOST_OPEN_FILES, this::mostOpenFiles);
    }

    private static void gauge(MeterRegistry registry, ServiceMetric metric, DoubleSupplier value) {
        metric.gauge(registry, value);
    }

    /** Memory that is in use, in bytes. */
    double residentBytes() {
        return number("status", "VmRSS:") * BYTES_PER_KIB;
    }

    double threads() {
        return number("status", "Threads:");
    }

    /** Files and connections. */
    double openFiles() {
        try (Stream<Path> files = Files.list(folder.resolve("fd"))) {
            return files.count();
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    /** The soft limit. */
    double mostOpenFiles() {
        return number("limits", "Max open files");
    }

    /** The first number behind a name. */
    private double number(String file, String name) {
        try (Stream<String> lines = Files.lines(folder.resolve(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()).strip().split("\\s+", 2)[0])
                    .filter(text -> text.matches("\\d+"))
                    .mapToDouble(Double::parseDouble)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
