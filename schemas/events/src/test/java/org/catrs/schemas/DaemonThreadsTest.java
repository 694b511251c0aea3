// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;

class DaemonThreadsTest {
    @Test
    void shouldGiveEachThreadTheName() {
        ThreadFactory threads = DaemonThreads.named("console");
        assertThat(threads.newThread(() -> {}).getName()).isEqualTo("console");
        assertThat(threads.newThread(() -> {}).getName()).isEqualTo("console");
    }

    @Test
    void shouldNumberThreads() {
        ThreadFactory threads = DaemonThreads.numbered("inference-");
        assertThat(threads.newThread(() -> {}).getName()).isEqualTo("inference-1");
        assertThat(threads.newThread(() -> {}).getName()).isEqualTo("inference-2");
    }

    @Test
    void shouldKeepNoProgramAlive() {
        assertThat(DaemonThreads.named("console").newThread(() -> {}).isDaemon())
                .isTrue();
        assertThat(DaemonThreads.numbered("inference-").newThread(() -> {}).isDaemon())
                .isTrue();
    }
}
