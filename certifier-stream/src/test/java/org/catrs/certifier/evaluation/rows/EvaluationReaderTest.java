// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationReaderTest {
    private static final String PUBLISHED_HEADER = "idx\tlabel\tpredict\tradius\tcorrect\ttime\n";

    @TempDir
    private Path folder;

    @Test
    void shouldReadPublishedFiles() throws IOException {
        Path file = write(PUBLISHED_HEADER + "0\t3\t3\t0.73\t1\t0:00:16.301146\n1\t8\t-1\t0.0\t0\t0:00:16.467146\n");

        assertThat(EvaluationReader.read(file))
                .extracting(EvaluationRow::predict)
                .containsExactly(3, EvaluationRow.ABSTAIN);
    }

    @Test
    void shouldReadWhatTheWriterWrites() {
        Path file = folder.resolve("run.tsv");
        EvaluationRow first = new EvaluationRow(0, 1, 1, 0.5, Duration.ofSeconds(1), null);
        EvaluationRow second = new EvaluationRow(20, 1, 2, 0.25, Duration.ofSeconds(1), null);

        try (EvaluationWriter writer = EvaluationWriter.create(file)) {
            writer.write(first);
            assertThat(EvaluationReader.read(file)).containsExactly(first);
        }
        try (EvaluationWriter writer = EvaluationWriter.resume(file)) {
            writer.write(second);
        }

        assertThat(EvaluationReader.read(file)).containsExactly(first, second);
    }

    @Test
    void shouldNameFileAndLineOfWhatItCannotRead() throws IOException {
        Path file = write(PUBLISHED_HEADER + "0\t3\t3\t0.73\t1\t0:00:16.301146\n1\t8\t8\tabc\t1\t0:00:16.467146\n");

        assertThatThrownBy(() -> EvaluationReader.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + " line 3: radius must be a number, found 'abc'");
    }

    @Test
    void shouldRefuseAnotherHeader() throws IOException {
        Path file = write("epoch\tloss\n1\t0.5\n");

        assertThatThrownBy(() -> EvaluationReader.read(file))
                .hasMessage(file + " line 1: an evaluation file begins with the tab-separated columns "
                        + "'idx label predict radius correct time', found 'epoch loss'");
    }

    @Test
    void shouldRefuseAnEmptyFile() throws IOException {
        Path file = write("");

        assertThatThrownBy(() -> EvaluationReader.read(file)).hasMessageEndingWith("found an empty file");
    }

    @Test
    void shouldSayThatAFileIsMissing() {
        assertThatThrownBy(() -> EvaluationReader.read(folder.resolve("none.tsv")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("none.tsv: is not there");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("published.tsv"), text);
    }
}
