// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.catrs.certifier.network.model.TestModel;
import org.catrs.certifier.stream.rates.RecordedBaseline;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineCommandTest {
    @TempDir
    private Path folder;

    @Test
    void shouldRecordTheAnswersToImagesThatAreDrawn() {
        Path out = folder.resolve("baseline.json");

        CommandRun run = baseline(out, "20");

        assertThat(run.code()).as(run.err()).isZero();
        RecordedBaseline recorded = RecordedBaseline.read(out);
        assertThat(recorded.model()).isEqualTo("rows");
        assertThat(recorded.plan()).isEqualTo("adaptive");
        assertThat(recorded.targetRadius()).isEqualTo(0.1);
        assertThat(recorded.baseline().images()).isEqualTo(20);
    }

    @Test
    void shouldRefuseMoreImagesThanThereAre() {
        CommandRun run = baseline(folder.resolve("baseline.json"), "10001");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--images must be 1 to 10000");
    }

    @Test
    void shouldNameAFileThatIsNoBaseline() throws IOException {
        Path file = Files.writeString(folder.resolve("other.json"), "{}");

        assertThatThrownBy(() -> RecordedBaseline.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("other.json")
                .hasMessageContaining("field model is missing");
    }

    private static CommandRun baseline(Path out, String images) {
        return CommandRun.of(
                new BaselineCommand(),
                "--model",
                TestModel.folder().toString(),
                "--dataset",
                "digits",
                "--n",
                "100",
                "--target-radius",
                "0.1",
                "--images",
                images,
                "--out",
                out.toString());
    }
}
