// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.catrs.tests.Catrs;
import org.catrs.tests.Checkout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all commands share: help, and exit codes 0, 1 and 2. */
final class ExitCodeTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path work;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "train",
                "evaluate",
                "report",
                "certify",
                "broker",
                "serve",
                "publish",
                "watch",
                "replay",
                "keys",
                "models",
                "config",
                "reference"
            })
    void shouldExplainItself(String command) {
        Catrs help = Catrs.run(work, LIMIT, command, "--help");
        assertThat(help.out()).contains("Usage: catrs " + command);
        assertThat(help.err()).isEmpty();
    }

    @Test
    void shouldListTheSettingsOfAServiceThatIsNamedBehindAnOption() {
        assertThat(Catrs.run(work, LIMIT, "config", "--markdown", "trainer").out())
                .contains("Configuration of the trainer");
    }

    @Test
    void shouldSayItsVersion() {
        Catrs frontDoor = Catrs.run(work, LIMIT, "--version");
        assertThat(frontDoor.out()).matches("catrs \\d+\\.\\d+\\.\\d+\\S* \\(commit \\S+\\)\\R");
        assertThat(Catrs.run(work, LIMIT, "models", "list", "--version").out()).isEqualTo(frontDoor.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "train",
                "evaluate",
                "report",
                "certify",
                "broker",
                "serve",
                "publish",
                "watch",
                "replay",
                "models",
                "config",
                "reference"
            })
    void shouldExitWith2OnAnUnknownOption(String command) {
        Catrs wrong = Catrs.start(work, command, "--no-such-option");
        assertThat(wrong.awaitExit(LIMIT)).isEqualTo(2);
        assertThat(wrong.err()).startsWith("error: ").contains("see deploy/catrs " + command + " --help");
        assertThat(wrong.err().lines()).hasSizeLessThanOrEqualTo(3);
        assertThat(wrong.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "train --arch lenet --method gaussian --sigma 0.5 --out model --dataset mnist --data nowhere, nowhere",
        "evaluate --model nowhere --dataset digits --out evaluation.tsv, nowhere",
        "report nowhere.tsv, nowhere.tsv",
        "certify --model nowhere image.png, nowhere",
        "serve --bootstrap-server 127.0.0.1:1 --http-port 0 --model nowhere, nowhere",
        "publish --bootstrap-server 127.0.0.1:1 --images nowhere, nowhere",
        "models release --bootstrap-server 127.0.0.1:1 nowhere, nowhere",
    })
    void shouldExitWith1AndOneSentenceOnDataThatIsMissing(String arguments, String missing) {
        Catrs failed = Catrs.start(work, arguments.split(" "));
        assertThat(failed.awaitExit(LIMIT)).as(failed::output).isEqualTo(1);
        assertThat(failed.err()).contains("error: ").contains(missing).doesNotContain("\tat ");
    }

    @Test
    void shouldListTheCommands() throws Exception {
        Process help = new ProcessBuilder(Checkout.ROOT.resolve("deploy/catrs").toString(), "--help").start();
        assertThat(new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains(
                        "demo",
                        "train",
                        "evaluate",
                        "report",
                        "certify",
                        "broker",
                        "serve",
                        "publish",
                        "watch",
                        "replay");
        assertThat(help.waitFor()).isZero();
    }

    @Test
    void shouldExitWith2OnAnUnknownCommand() throws Exception {
        Process wrong = new ProcessBuilder(Checkout.ROOT.resolve("deploy/catrs").toString(), "no-such-command").start();
        assertThat(wrong.waitFor()).isEqualTo(2);
    }
}
