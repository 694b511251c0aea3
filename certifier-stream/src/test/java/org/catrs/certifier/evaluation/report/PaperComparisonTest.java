// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.catrs.certifier.evaluation.rows.EvaluationRun;
import org.catrs.certifier.evaluation.rows.EvaluationRunTest;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaperComparisonTest {
    @TempDir
    private Path folder;

    @Test
    void shouldSetOursBesideTheRowOfTheSameName() throws IOException {
        // Half of two images certified at 0.6: ACR 0.3 where Table 6 has 0.717, 50 % where it has 58.4, 52.2 and 45.4.
        Path ours = write("lambda-1.00.tsv");

        assertThat(PaperComparison.of(6, List.of(ours)).toText().lines().limit(4))
                .satisfiesExactly(
                        line -> assertThat(line.split(" {2,}")).startsWith("sigma, setup", "images", "ACR", "0.00"),
                        line -> assertThat(line.split(" {2,}"))
                                .startsWith(
                                        "0.50 lambda = 1.00",
                                        "ours",
                                        "2",
                                        "0.300 (0.300)",
                                        "50.0",
                                        "50.0",
                                        "50.0",
                                        "0.0"),
                        line -> assertThat(line.trim().split(" {2,}"))
                                .startsWith("paper", "0.717", "58.4", "52.2", "45.4", "41.2"),
                        line -> assertThat(line.trim().split(" {2,}"))
                                .startsWith("difference", "-0.417", "-8.4", "-2.2", "+4.6", "-41.2"));
    }

    @Test
    void shouldSayBesideEachDifferenceWhatIsNotThePapers() throws IOException {
        Path ours = write("lambda-1.00.tsv");
        EvaluationRunTest.run(0.001, "dd").write(EvaluationRun.fileOf(ours));

        // Table 6 is of CIFAR-10, on 500 images.
        assertThat(PaperComparison.of(6, List.of(ours)).toText().lines())
                .anyMatch(line -> line.contains("difference") && line.endsWith("2 images, data mnist/test"));
    }

    @Test
    void shouldDrawCurvesAndTradeOff() throws IOException {
        PaperComparison comparison = PaperComparison.of(6, List.of(write("lambda-1.00.tsv"), write("lambda-2.00.tsv")));

        comparison.plot(folder.resolve("curves.png"));
        comparison.plotTradeOff(0.5, folder.resolve("trade-off.png"));

        assertThat(ImageIO.read(folder.resolve("curves.png").toFile()).getWidth())
                .isGreaterThan(500);
        assertThat(ImageIO.read(folder.resolve("trade-off.png").toFile()).getWidth())
                .isGreaterThan(500);
    }

    @Test
    void shouldSayWhichRowsThereAreWhenAFileIsNamedAfterNone() throws IOException {
        Path other = write("mine.tsv");

        assertThatThrownBy(() -> PaperComparison.of(7, List.of(other)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("mine.tsv is named after no row of Table 7")
                .hasMessageContaining("noises-1, noises-2, noises-4, noises-8");
    }

    @Test
    void shouldRefuseATradeOffAtARadiusThatTheTableLacks() throws IOException {
        PaperComparison comparison = PaperComparison.of(7, List.of(write("noises-1.tsv")));

        assertThatThrownBy(() -> comparison.plotTradeOff(0.6, folder.resolve("plot.svg")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("0.25")
                .hasMessageContaining("found 0.6");
    }

    private Path write(String name) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                "idx\tlabel\tpredict\tradius\tcorrect\ttime\n0\t3\t3\t0.6\t1\t0:00:01\n1\t3\t-1\t0.0\t0\t0:00:01\n");
    }
}
