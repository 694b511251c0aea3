// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CertifierConfigCommandTest {
    @Test
    void shouldPrintTheCommittedPage() throws IOException {
        assertThat(Files.readString(Path.of("CONFIGURATION.md")))
                .as("run deploy/catrs config certifier --markdown >certifier-stream/CONFIGURATION.md")
                .isEqualTo(CommandRun.of(new CertifierConfigCommand(), "certifier", "--markdown")
                        .out());
    }

    @Test
    void shouldPrintATableForATerminal() {
        assertThat(CommandRun.of(new CertifierConfigCommand(), "certifier").out())
                .contains(
                        "images.topic\n    Type: string; Default: images; Range: non-empty string; Importance: medium;")
                .contains("CATRS_INFERENCE_THREADS; Option: --threads", "KAFKA_BOOTSTRAP_SERVERS");
    }

    @Test
    void shouldRefuseAnotherProgram() {
        CommandRun run = CommandRun.of(new CertifierConfigCommand(), "broker");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("NAME must be one of certifier, trainer, found 'broker'");
        assertThat(CommandRun.of(new CertifierConfigCommand()).err()).contains("certifier, trainer, found none");
        assertThat(CommandRun.of(new CertifierConfigCommand(), "trainer").err())
                .contains("deploy/catrs config trainer");
    }
}
