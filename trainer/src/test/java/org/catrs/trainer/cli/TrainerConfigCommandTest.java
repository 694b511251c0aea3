// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TrainerConfigCommandTest {
    @Test
    void shouldPrintTheCommittedPage() throws IOException {
        StringWriter out = new StringWriter();

        int code = new CommandLine(new TrainerConfigCommand())
                .setOut(new PrintWriter(out))
                .execute("trainer", "--markdown");

        assertThat(code).isZero();
        assertThat(Files.readString(Path.of("CONFIGURATION.md")))
                .as("run deploy/catrs config trainer --markdown >trainer/CONFIGURATION.md")
                .isEqualTo(out.toString());
    }
}
