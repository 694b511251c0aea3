// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessStatusTest {
    @TempDir
    Path proc;

    @Test
    void shouldReadWhatLinuxSays() throws IOException {
        Files.writeString(proc.resolve("status"), "Name:\tjava\nVmRSS:\t  123456 kB\nThreads:\t42\n");
        Files.writeString(
                proc.resolve("limits"),
                "Limit                     Soft Limit           Hard Limit           Units     \n"
                        + "Max open files            1024                 524288               files     \n");
        Files.createDirectories(proc.resolve("fd"));
        Files.createFile(proc.resolve("fd/0"));
        Files.createFile(proc.resolve("fd/1"));
        ProcessStatus status = new ProcessStatus(proc);
        assertThat(status.residentBytes()).isEqualTo(126_418_944);
        assertThat(status.threads()).isEqualTo(42);
        assertThat(status.openFiles()).isEqualTo(2);
        assertThat(status.mostOpenFiles()).isEqualTo(1024);
    }

    @Test
    void shouldSayNothingWhereItKnowsNothing() {
        ProcessStatus status = new ProcessStatus(proc.resolve("none"));
        assertThat(status.residentBytes()).isNaN();
        assertThat(status.openFiles()).isNaN();
    }

    @Test
    void shouldTellUnlimitedFilesByNothing() throws IOException {
        Files.writeString(
                proc.resolve("limits"), "Max open files            unlimited            unlimited            files\n");
        assertThat(new ProcessStatus(proc).mostOpenFiles()).isNaN();
    }
}
