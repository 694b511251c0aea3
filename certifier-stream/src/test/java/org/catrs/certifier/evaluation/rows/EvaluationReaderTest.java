// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                        + "'idx label predict radius correct time', of which the last two may be missing,"
                        + " found 'epoch loss'");
    }

    /** Forms of the same two rows that papers' repositories hold. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "idx\tlabel\tpredict\tradius\tcorrect\ttime\n0\t3\t3\t0.73\t1\t0:00:16.301146\n1\t8\t-1\t0.0\t0\t0:00:16\n\n\n",
                "\uFEFFidx\tlabel\tpredict\tradius\tcorrect\ttime\r\n0\t3\t3\t0.73\t1\t16.6\r\n1\t8\t-1\t0.0\t0\t16.6\r\n",
                "idx\tlabel\tpredict\tradius\tcorrect\n0\t3\t3\t0.73\tTrue\n1\t8\t-1\t0.0\tFalse\n",
                "idx\tlabel\tpredict\tradius\tcorrect\tAcertified\ttime\n0\t3\t3\t0.73\t1.0\t0\t9\n1\t8\t-1\t0.0\t0.0\t0\t9\n",
                "idx\tpredict\tlabel\tradius\n0\t3\t3\t0.73\n1\t-1\t8\t0.0\n"
            })
    void shouldReadWhateverThePapersPublish(String text) throws IOException {
        List<EvaluationRow> rows = EvaluationReader.read(write(text));

        assertThat(rows).extracting(EvaluationRow::label).containsExactly(3, 8);
        assertThat(rows).extracting(EvaluationRow::radius).containsExactly(0.73, 0.0);
        assertThat(rows).extracting(EvaluationRow::predict).containsExactly(3, EvaluationRow.ABSTAIN);
    }

    @Test
    void shouldRefuseAnImageThatStandsTwice() throws IOException {
        Path file = write(PUBLISHED_HEADER + "7\t3\t3\t0.73\t1\t0:00:16\n\n7\t3\t3\t0.73\t1\t0:00:16\n");

        assertThatThrownBy(() -> EvaluationReader.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + " line 4: image 7 stands twice, first in line 2; each image counts once");
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
