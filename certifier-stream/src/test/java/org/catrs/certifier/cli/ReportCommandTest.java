// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    private Path file;

    @BeforeEach
    void writeFile(@TempDir Path folder) throws IOException {
        file = Files.writeString(
                folder.resolve("run.tsv"),
                "idx\tlabel\tpredict\tradius\tcorrect\ttime\n0\t3\t3\t0.6\t1\t0:00:01\n1\t3\t-1\t0.0\t0\t0:00:01\n");
    }

    @Test
    void shouldPrintATable() {
        CommandRun run = CommandRun.of(new ReportCommand(), file.toString());

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .containsPattern("\\RACR +0\\.300 \\(0\\.300\\)\\R")
                .doesNotContain("|");
    }

    @Test
    void shouldPrintMarkdownOnRequest() {
        CommandRun run = CommandRun.of(new ReportCommand(), "--markdown", file.toString());

        assertThat(run.out()).contains("| ACR ");
    }

    @Test
    void shouldSayWhereThePlotIs() {
        Path plot = file.resolveSibling("plot.png");

        CommandRun run = CommandRun.of(new ReportCommand(), file.toString(), "--plot", plot.toString());

        assertThat(run.out()).endsWith("plot: " + plot + System.lineSeparator());
        assertThat(plot).isNotEmptyFile();
    }

    @Test
    void shouldExitWith2WithoutFiles() {
        CommandRun run = CommandRun.of(new ReportCommand());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("F.tsv");
    }
}
