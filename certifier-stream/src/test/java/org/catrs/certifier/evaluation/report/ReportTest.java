// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.catrs.certifier.evaluation.rows.EvaluationRun;
import org.catrs.certifier.evaluation.rows.EvaluationRunTest;
import org.catrs.certifier.evaluation.summary.EvaluationSummaryTest;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class ReportTest {
    private static final String HEADER = "idx\tlabel\tpredict\tradius\tcorrect\ttime\n";

    @TempDir
    private Path folder;

    @Test
    void shouldAlignFilesAsColumns() throws IOException {
        Path one = write("one.tsv", "0\t3\t3\t0.6\t1\t0:00:01\n1\t3\t-1\t0.0\t0\t0:00:01\n");
        Path two = write("two.tsv", "0\t3\t3\t0.2\t1\t0:00:01\n");

        assertThat(Report.of(List.of(one, two)).toText().lines().limit(9))
                .containsExactly(
                        "                                       one          two",
                        "images                                   2            1",
                        "n, samples per image                     -            -",
                        "ACR                          0.300 (0.300)    0.200 (-)",
                        "ACR less that of one                     -  -0.4000 (-)",
                        "abstained, %                   50.0 (50.0)      0.0 (-)",
                        "certified at radius 0.00, %    50.0 (50.0)    100.0 (-)",
                        "certified at radius 0.25, %    50.0 (50.0)      0.0 (-)",
                        "certified at radius 0.50, %    50.0 (50.0)      0.0 (-)");
    }

    @Test
    void shouldSubtractNoImagesOfOtherLabels() throws IOException {
        Path one = write("one.tsv", "0\t3\t3\t0.6\t1\t0:00:01\n");
        Path other = write("other.tsv", "0\t5\t5\t0.2\t1\t0:00:01\n");

        assertThat(Report.of(List.of(one, other)).toText().lines())
                .anyMatch(line -> line.matches("ACR less that of one +- +-"));
    }

    @Test
    void shouldSubtractNoImagesOfAnotherDataSetWhereLabelsHappenToAgree() throws IOException {
        Path one = write("one.tsv", "0\t3\t3\t0.6\t1\t0:00:01\n");
        EvaluationRunTest.run(0.001, "same").write(EvaluationRun.fileOf(one));
        Path same = write("same.tsv", "0\t3\t3\t0.4\t1\t0:00:01\n");
        EvaluationRunTest.run(0.001, "same").write(EvaluationRun.fileOf(same));
        Path other = write("other.tsv", "0\t3\t3\t0.2\t1\t0:00:01\n");
        EvaluationRunTest.run(0.001, "other").write(EvaluationRun.fileOf(other));

        assertThat(Report.of(List.of(one, same, other)).toText().lines())
                .anyMatch(line -> line.matches("ACR less that of one +- +-0\\.2000 \\(-\\) +-"));
    }

    @Test
    void shouldSayHowManyCertificatesAreExpectedToBeWrong() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int index = 0; index < 1_000; index++) {
            lines.append(index).append("\t3\t3\t0.2\t1\t0:00:01\n");
        }
        Path thousand = write("thousand.tsv", lines.toString());

        // 100 * (0.001 + math.sqrt(0.001 * 0.999 * math.log(1000) / 1000) + math.log(1000) / 3000) = 0.5930
        assertThat(Report.of(List.of(thousand)).toText().lines())
                .anyMatch(line -> line.matches("wrong certificates expected, at most +1\\.00"))
                .anyMatch(line -> line.matches("correction of certified accuracies, points +0\\.60"));
    }

    @Test
    void shouldGiveTheDistributionOfTheBounds() throws IOException {
        Path rows = Files.writeString(
                folder.resolve("bounds.tsv"),
                HEADER.strip() + "\tn\tcount\tlower_bound\n"
                        + "0\t3\t3\t0.6\t1\t0:00:01\t64\t64\t0.9\n"
                        + "1\t3\t3\t0.2\t1\t0:00:01\t96\t80\t0.7\n"
                        + "2\t3\t1\t0.2\t0\t0:00:01\t96\t80\t0.7\n"
                        + "3\t3\t-1\t0\t0\t0:00:01\t64\t20\t0.2\n");

        Report report = Report.of(List.of(rows));

        assertThat(report.toText().lines())
                .anyMatch(line -> line.matches("n, samples per image +80\\.0 \\(.*"))
                .anyMatch(line -> line.matches("p_A at least 0\\.5, % +50\\.0 .*"))
                .anyMatch(line -> line.matches("p_A at least 0\\.9, % +25\\.0 .*"));
        Path plot = folder.resolve("bounds.png");
        report.plotBounds(plot);
        assertThat(ImageIO.read(plot.toFile()).getWidth()).isEqualTo(900);
    }

    @Test
    void shouldNotDrawBoundsThatNoFileGives() throws IOException {
        Report report = Report.of(List.of(write("one.tsv", "0\t3\t3\t0.2\t1\t0:00:01\n")));

        assertThatThrownBy(() -> report.plotBounds(folder.resolve("bounds.png")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("no file gives its lower bounds");
    }

    @Test
    void shouldTakeAlphaFromWhatTheFileIsOf() throws IOException {
        Path file = write("run.tsv", "0\t3\t3\t0.2\t1\t0:00:01\n");
        EvaluationRunTest.run(0.25, "dd").write(EvaluationRun.fileOf(file));

        assertThat(Report.of(List.of(file)).toText().lines())
                .anyMatch(line -> line.matches("wrong certificates expected, at most +0\\.25"));
    }

    @Test
    void shouldWriteMarkdown() throws IOException {
        Path one = write("one.tsv", "0\t3\t3\t0.2\t1\t0:00:01\n1\t3\t-1\t0.0\t0\t0:00:01\n");

        assertThat(Report.of(List.of(one)).toMarkdown().lines().limit(4))
                .containsExactly(
                        "|                             |           one |",
                        "| :-- | --: |",
                        "| images                      |             2 |",
                        "| n, samples per image        |             - |");
    }

    @Test
    void shouldNameTheSamplesPerImage() {
        assertThat(Report.of(List.of(EvaluationSummaryTest.sample())).toText())
                .containsPattern("n, samples per image +1000\\R");
    }

    @Test
    void shouldTellFilesOfTheSameNameApart() throws IOException {
        Files.createDirectory(folder.resolve("a"));
        Files.createDirectory(folder.resolve("b"));
        Path one = write("a/run.tsv", "0\t3\t3\t0.2\t1\t0:00:01\n");
        Path two = write("b/run.tsv", "0\t3\t3\t0.2\t1\t0:00:01\n");

        assertThat(Report.of(List.of(one, two, one)).toText().lines().findFirst())
                .hasValueSatisfying(
                        header -> assertThat(header.strip().split(" +")).containsExactly("a", "b"));
    }

    @Test
    void shouldRefuseAFileWithoutImages() throws IOException {
        Path empty = write("empty.tsv", "");

        assertThatThrownBy(() -> Report.of(List.of(empty)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(empty + " has a header but no images yet");
    }

    @Test
    void shouldDrawPng() throws IOException {
        Path plot = folder.resolve("plot.png");

        Report.of(List.of(EvaluationSummaryTest.sample())).plot(plot);

        BufferedImage picture = ImageIO.read(plot.toFile());
        assertThat(picture.getWidth()).isEqualTo(900);
        assertThat(picture.getRGB(0, 0)).isEqualTo(0xFFFFFFFF);
    }

    @Test
    void shouldDrawSvg() throws Exception {
        Path plot = folder.resolve("plot.SVG");

        Report.of(List.of(EvaluationSummaryTest.sample())).plot(plot);

        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Document svg = factory.newDocumentBuilder().parse(plot.toFile());
        assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(svg.getDocumentElement().getAttribute("width")).isEqualTo("900");
        assertThat(svg.getElementsByTagName("line").getLength()).isGreaterThan(50);
    }

    @Test
    void shouldRefuseOtherPictureFormats() {
        Report report = Report.of(List.of(EvaluationSummaryTest.sample()));

        assertThatThrownBy(() -> report.plot(folder.resolve("plot.pdf")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith("a plot's file must end with .png or .svg, found ");
    }

    @Test
    void shouldSayThatAPlotCannotBeWritten() {
        Report report = Report.of(List.of(EvaluationSummaryTest.sample()));

        assertThatThrownBy(() -> report.plot(folder.resolve("missing/plot.svg")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("cannot be written");
        assertThatThrownBy(() -> report.plot(folder.resolve("missing/plot.png")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("cannot be written");
    }

    private Path write(String name, String lines) throws IOException {
        return Files.writeString(folder.resolve(name), HEADER + lines);
    }
}
