// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import java.nio.file.Files;
import java.nio.file.Path;

/** The machine's GPUs. */
public final class GpuMetrics {
    private static final Path DRIVER = Path.of("/proc/driver/nvidia/gpus");

    private GpuMetrics() {}

    /** Whether the machine has an NVIDIA device, usable or not. */
    public static boolean areThere() {
        return Files.isDirectory(DRIVER);
    }
}
