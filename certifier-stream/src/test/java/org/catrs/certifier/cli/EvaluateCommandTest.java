// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.catrs.certifier.evaluation.rows.EvaluationReader;
import org.catrs.certifier.evaluation.rows.EvaluationRow;
import org.catrs.certifier.network.model.TestModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluateCommandTest {
    @TempDir
    private Path folder;

    @Test
    void shouldEvaluateAndPrintTheSummary() {
        Path out = folder.resolve("run.tsv");

        CommandRun run = evaluate(out, "--skip", "50", "--max", "4");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("ACR", "abstained, %", "certified at radius 0.00, %");
        assertThat(EvaluationReader.read(out)).extracting(EvaluationRow::index).containsExactly(0, 50, 100, 150);
    }

    @Test
    void shouldKeepWhatTheFileIsOfBesideIt() throws IOException {
        Path out = folder.resolve("run.tsv");

        evaluate(out, "--max", "1", "--sigma", "0.5", "--noise", "gaussian", "--split", "train");

        assertThat(Files.readString(folder.resolve("run.tsv.json")))
                .contains("\"name\" : \"rows\"", "\"sigma\" : 0.5", "\"noise\" : \"gaussian\"", "\"n\" : 100")
                .contains("\"dataset\" : \"digits/train\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--skip", "--max"})
    void shouldExitWith2WhereANumberOfImagesIsBelowOne(String option) {
        CommandRun run = evaluate(folder.resolve("run.tsv"), option, "0");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(option + " must be at least 1, found 0");
        assertThat(folder.resolve("run.tsv")).doesNotExist();
    }

    private static CommandRun evaluate(Path out, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "--model",
                TestModel.folder().toString(),
                "--dataset",
                "digits",
                "--n",
                "100",
                "--out",
                out.toString()));
        arguments.addAll(List.of(options));
        return CommandRun.of(new EvaluateCommand(), arguments.toArray(String[]::new));
    }
}
