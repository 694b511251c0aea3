// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process of this machine holds.
 *
 * @param memory resident, in bytes
 * @param threads of the operating system
 * @param handles files and sockets that are open
 */
public record Held(long memory, long threads, long handles) {
    private static final int PAGE_BYTES = 4096;

    /** Pools may grow by a few threads and connections after they seemed to have settled. */
    private static final long MOST_NEW = 12;

    /** By Linux's account. */
    public static Held by(ProcessHandle process) {
        Path folder = Path.of("/proc", Long.toString(process.pid()));
        try {
            long memory =
                    Long.parseLong(Files.readString(folder.resolve("statm")).split(" ", -1)[1]) * PAGE_BYTES;
            return new Held(memory, entries(folder.resolve("task")), entries(folder.resolve("fd")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }

    /**
     * Makes sure that nothing has been kept of what was used since a moment at which everything had settled.
     *
     * @param rounds models served since that moment
     */
    void requireNoGrowthSince(Held settled, long rounds) {
        // A tenth of what the weights alone of those models would take, had they stayed.
        assertThat(memory - settled.memory).as("bytes more").isLessThan(rounds * LargeNetwork.BYTES / 10);
        assertThat(threads - settled.threads).as("threads more").isLessThanOrEqualTo(MOST_NEW);
        assertThat(handles - settled.handles).as("handles more").isLessThanOrEqualTo(MOST_NEW);
    }
}
