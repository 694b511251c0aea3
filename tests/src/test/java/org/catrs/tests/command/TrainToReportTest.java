// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.catrs.schemas.dataset.Split;
import org.catrs.tests.Catrs;
import org.catrs.tests.Checkout;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A researcher's way, with small numbers: train, export, certify, evaluate, report; and to be interrupted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TrainToReportTest {
    private static final Duration LIMIT = Duration.ofSeconds(180);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EVALUATED = 20;

    private Path work;
    private Path data;
    private Path model;
    private Path evaluation;

    @BeforeAll
    void trainAndEvaluate(@TempDir Path folder) throws IOException {
        work = folder;
        data = work.resolve("data");
        DigitsFolder.write(data, Split.TRAIN, 400);
        DigitsFolder.write(data, Split.TEST, 40);
        model = work.resolve("model");
        Catrs.run(work, LIMIT, training("gaussian", model, "--dataset", "digits", "--epochs", "0.1"));
        evaluation = work.resolve("digits.tsv");
        Catrs.run(work, LIMIT, evaluation(evaluation, 1_000));
    }

    @Test
    void shouldExportAModelWithItsManifest() throws IOException {
        JsonNode manifest = JSON.readTree(model.resolve("model.json").toFile());
        assertThat(manifest.path("method").asText()).isEqualTo("gaussian");
        assertThat(manifest.path("sigma").asDouble()).isEqualTo(0.25);
        assertThat(manifest.path("sha256").asText()).matches("[0-9a-f]{64}");
        assertThat(manifest.path("classNames")).hasSize(10);
        assertThat(manifest.path("exportParity").path("argmaxAgreement").asDouble())
                .isBetween(0.99, 1.0);
        assertThat(Files.readAllLines(model.resolve("training.tsv")).get(0)).startsWith("epoch\tseconds\t");
    }

    @Test
    void shouldSayByWhichCommitAModelWasTrained() throws IOException {
        assumeThat(Checkout.ROOT.resolve(".git")).as("a checkout that git made").exists();

        JsonNode manifest = JSON.readTree(model.resolve("model.json").toFile());

        assertThat(manifest.path("engines").path("catrs").asText()).matches("[0-9a-f]{40}(-dirty)?");
    }

    @Test
    void shouldCertifyMoreOftenThanChance() throws IOException {
        List<String[]> rows = rows(evaluation);
        assertThat(rows).hasSize(EVALUATED);
        // A tenth of the labels would be right by chance.
        assertThat(rows.stream().filter(row -> row[4].equals("1")).count()).isGreaterThan(EVALUATED / 4);
        assertThat(rows).allSatisfy(row -> {
            boolean abstained = row[2].equals("-1");
            assertThat(Double.parseDouble(row[3])).matches(radius -> abstained ? radius == 0 : radius > 0);
        });
    }

    @Test
    void shouldTrainWithCatRs() throws IOException {
        Path catRs = work.resolve("cat-rs");
        Catrs.run(
                work,
                LIMIT,
                training(
                        "cat-rs",
                        catRs,
                        "--dataset",
                        "folder",
                        "--data",
                        data.toString(),
                        "--epochs",
                        "1",
                        "--noises",
                        "2",
                        "--pgd-steps",
                        "2"));
        JsonNode manifest = JSON.readTree(catRs.resolve("model.json").toFile());
        assertThat(manifest.path("method").asText()).isEqualTo("cat-rs");
        assertThat(manifest.path("dataset").path("size").asInt()).isEqualTo(400);
    }

    @Test
    void shouldReportWithTableAndPlot() throws IOException {
        Path plot = work.resolve("plot.png");
        Catrs report = Catrs.run(work, LIMIT, "report", evaluation.toString(), "--plot", plot.toString());
        assertThat(report.out()).contains("ACR").contains("0.25").contains("" + EVALUATED);
        BufferedImage image = ImageIO.read(plot.toFile());
        assertThat(image.getWidth()).isGreaterThan(300);
        assertThat(Catrs.run(work, LIMIT, "report", evaluation.toString(), "--markdown")
                        .out())
                .contains("|");
    }

    @Test
    void shouldCertifyImageFiles() throws IOException {
        List<String> command = new ArrayList<>(List.of("certify", "--model", model.toString(), "--n", "500", "--json"));
        try (Stream<Path> files = Files.walk(data.resolve("test"))) {
            files.filter(Files::isRegularFile)
                    .sorted()
                    .limit(3)
                    .map(Path::toString)
                    .forEach(command::add);
        }
        List<String> lines = Catrs.run(work, LIMIT, command.toArray(String[]::new))
                .out()
                .lines()
                .toList();
        assertThat(lines).hasSize(3);
        for (String line : lines) {
            assertThat(JSON.readTree(line).findValue("outcome").asText()).isIn("CERTIFIED", "ABSTAINED");
        }
    }

    @Test
    void shouldTrainToTheSameWeightsThoughItIsKilledAndResumed() throws IOException {
        Path whole = work.resolve("whole");
        Catrs.run(work, LIMIT, folderTraining(whole));

        Path interrupted = work.resolve("interrupted");
        Catrs killed = Catrs.start(work, folderTraining(interrupted));
        awaitLines(killed, interrupted.resolve("training.tsv"), 3);
        killed.killForcibly();
        assertThat(interrupted.resolve("model.onnx")).doesNotExist();

        Catrs.run(
                work,
                LIMIT,
                Stream.concat(Stream.of(folderTraining(interrupted)), Stream.of("--resume"))
                        .toArray(String[]::new));
        assertThat(weights(interrupted)).isEqualTo(weights(whole));
        assertThat(epochs(interrupted)).isEqualTo(epochs(whole));
    }

    @Test
    void shouldGoOnWithAnEvaluationThatWasKilled() throws IOException {
        Path interrupted = work.resolve("interrupted.tsv");
        Catrs killed = Catrs.start(work, evaluation(interrupted, 5_000));
        awaitLines(killed, interrupted, 4);
        killed.killForcibly();
        List<String> before = Files.readAllLines(interrupted);
        assertThat(before).hasSizeLessThan(EVALUATED);

        Catrs.run(work, LIMIT, evaluation(interrupted, 5_000));
        // The last line may have been cut off by the kill.
        assertThat(Files.readAllLines(interrupted))
                .startsWith(before.subList(0, before.size() - 1).toArray(String[]::new));
        assertThat(rows(interrupted)).extracting(row -> row[0]).isEqualTo(indices());
    }

    private String[] training(String method, Path out, String... options) {
        List<String> command = new ArrayList<>(List.of("train", "--arch", "lenet", "--method", method));
        command.addAll(List.of(
                "--sigma",
                "0.25",
                "--batch",
                "64",
                "--learning-rate",
                "0.05",
                "--name",
                "digits",
                "--out",
                out.toString()));
        command.addAll(List.of(options));
        return command.toArray(String[]::new);
    }

    private String[] folderTraining(Path out) {
        return training(
                "gaussian", out, "--dataset", "folder", "--data", data.toString(), "--epochs", "12", "--seed", "7");
    }

    private String[] evaluation(Path out, int n) {
        return new String[] {
            "evaluate",
            "--model",
            model.toString(),
            "--dataset",
            "digits",
            "--max",
            "" + EVALUATED,
            "--n",
            "" + n,
            "--out",
            out.toString()
        };
    }

    private static void awaitLines(Catrs command, Path file, int lines) {
        await(file + " has " + lines + " lines")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .failFast(
                        () -> assertThat(command.isAlive()).as(command::output).isTrue())
                .until(() -> Files.exists(file) && Files.readAllLines(file).size() >= lines);
    }

    private static List<String> indices() {
        return IntStream.range(0, EVALUATED).mapToObj(Integer::toString).toList();
    }

    private static List<String[]> rows(Path evaluation) throws IOException {
        List<String> lines = Files.readAllLines(evaluation);
        return lines.subList(1, lines.size()).stream()
                .map(line -> line.split("\t"))
                .toList();
    }

    private static List<String> epochs(Path model) throws IOException {
        return Files.readAllLines(model.resolve("training.tsv")).stream()
                .map(line -> line.split("\t")[0])
                .toList();
    }

    private static byte[] weights(Path model) throws IOException {
        return Files.readAllBytes(model.resolve("model.onnx"));
    }
}
