// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TrainCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    private int train(String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("--dataset", "digits", "--method", "cat-rs", "--sigma", "0.5", "--out", folder + "/out"));
        arguments.addAll(List.of(options));
        return new CommandLine(new TrainCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOverwrittenOptionsAllowed(true)
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "--sigma, -1, --sigma must be at least 0",
        "--epochs, 0, --epochs must be above 0",
        "--batch, 0, --batch must be at least 1",
        "--learning-rate, 0, --learning-rate must be above 0",
        "--momentum, 1, --momentum must be at least 0 and below 1",
        "--weight-decay, -1, --weight-decay must be at least 0",
        "--p0, 2, --p0 must be at least 0 and at most 1",
        "--noises, 0, --noises must be a whole number of at least 1",
        "--schedule, cosine, --schedule",
        "--method, magic, --method"
    })
    void shouldTakeAValueOutOfRangeForWrongUsage(String option, String value, String message) {
        assertThat(train(option, value)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void shouldShowOneSpellingInItsHelp() {
        assertThat(new CommandLine(new TrainCommand()).getUsageMessage())
                .contains("--optimizer", "--normalization")
                .doesNotContain("--optimiser", "--normalisation");
    }

    @Test
    void shouldNotIgnoreAnOptionOfAnotherMethod() {
        assertThat(train("--method", "gaussian", "--lambda", "2")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--lambda is not an option of --method gaussian");
    }
}
