// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a user is told who calls serve, publish or watch wrongly. */
final class StreamCommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldOfferEverySettingOfTheServiceAsAnOption() {
        assertThat(run(new ServeCommand(), "--help")).isZero();
        assertThat(out.toString())
                .contains("--model", "--sigma", "--n0", "--n=", "--alpha", "--noise", "--http-port", "--application-id")
                .contains("--bootstrap-server", "--config", "--name", "--classes", "--threads", "--images-topic");
    }

    @Test
    void shouldTellAllProblemsOfServeAndExitWith2() {
        assertThat(run(new ServeCommand(), "--n", "0", "--alpha", "0.7")).isEqualTo(2);
        assertThat(err.toString())
                .contains("Invalid value 0 for option --n:")
                .contains("Invalid value 0.7 for option --alpha:")
                .contains("Missing required configuration \"model\"")
                .contains("Missing required configuration \"bootstrap.servers\"");
    }

    @Test
    void shouldLetOptionsOverrideTheFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("serve.properties");
        Files.writeString(file, "n = 0\nhttp.port = 99999\nmodel = somewhere\n");
        assertThat(run(new ServeCommand(), "--config", file.toString(), "--http-port", "0"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("Invalid value 0 for configuration n")
                .doesNotContain("http.port:")
                .doesNotContain("\"model\"");
    }

    @Test
    void shouldNotPublishFromNowhere() {
        assertThat(run(new PublishCommand(), "--bootstrap-server", "localhost:1"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--images", "--dataset");
    }

    @Test
    void shouldNotPublishFromTwoPlaces() {
        assertThat(run(
                        new PublishCommand(),
                        "--bootstrap-server",
                        "localhost:1",
                        "--images",
                        ".",
                        "--dataset",
                        "digits"))
                .isEqualTo(2);
    }

    @Test
    void shouldAskForTheBrokers() {
        assertThat(run(new WatchCommand())).isEqualTo(2);
        assertThat(err.toString()).contains("--bootstrap-server");
        assertThat(run(new PublishCommand(), "--dataset", "digits")).isEqualTo(2);
    }

    @Test
    void shouldRefuseToWatchForNothing() {
        assertThat(run(new WatchCommand(), "--bootstrap-server", "localhost:1", "--max", "0"))
                .isEqualTo(2);
    }

    private int run(Object command, String... arguments) {
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
