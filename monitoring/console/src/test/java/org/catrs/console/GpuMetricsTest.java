// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.catrs.console.GpuMetrics.Gpu;
import org.junit.jupiter.api.Test;

class GpuMetricsTest {
    @Test
    void shouldReadWhatTheToolPrints() {
        assertThat(GpuMetrics.gpus("0, 37, 1024\n1, 0, 0\n"))
                .containsExactly(new Gpu("0", 0.37, 1_073_741_824.0), new Gpu("1", 0, 0));
    }

    @Test
    void shouldLeaveOutDevicesThatDoNotSayAll() {
        assertThat(GpuMetrics.gpus("0, [N/A], 1024\nNo devices were found\n1, 5, 1\n\n"))
                .containsExactly(new Gpu("1", 0.05, 1_048_576.0));
    }
}
