// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.catrs.certifier.evaluation.rows.EvaluationRun;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.model.ModelManifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultTableTest {
    private static final String SHA_256 = "0123456789abcdef".repeat(4);
    private static final String HEADER = "idx\tlabel\tpredict\tradius\tcorrect\ttime\n";

    @TempDir
    private Path folder;

    private Path evaluation = Path.of("");

    @BeforeEach
    void writeAnEvaluatedModel() throws IOException {
        Path model = Files.createDirectories(folder.resolve("models/sigma-0.50-cat-rs"));
        manifest(Map.of("preset", "mnist/fast/sigma-0.50/cat-rs", "average", "0.02", "ablation", "none"))
                .write(model.resolve(ModelManifest.FILE_NAME));
        evaluation = write("mine.tsv", "0\t3\t3\t1.6\t1\t0:00:01\n20\t3\t-1\t0.0\t0\t0:00:01\n");
        run().write(EvaluationRun.fileOf(evaluation));
    }

    private static ModelManifest manifest(Map<String, String> hyperparameters) {
        return new ModelManifest(
                "m",
                "0123456789ab",
                SHA_256,
                new ImageShape(1, 28, 28),
                List.of("0", "1", "2", "3"),
                0.5,
                "lenet",
                "cat-rs",
                hyperparameters,
                new ModelManifest.DatasetReference("mnist/train", SHA_256, 60_000),
                10,
                7,
                Map.of("catrs", "f".repeat(40) + "-dirty"),
                null);
    }

    private static EvaluationRun run() {
        return new EvaluationRun(
                new CertifiedPrediction.Model("m", "0123456789ab", SHA_256),
                new CertifiedPrediction.Engine("cpu", "int8", "onnxruntime", "1.29.0", null),
                0.5,
                0.001,
                100,
                100_000,
                "discrete-gaussian",
                null,
                "mnist/test",
                SHA_256,
                20,
                null);
    }

    private Path write(String name, String rows) throws IOException {
        return Files.writeString(folder.resolve(name), HEADER + rows);
    }

    @Test
    void shouldTellHowTheModelWasTrainedAndHowItCompares() throws IOException {
        // Of the same images, 0 and 20: (2.0 + 0) / 2 = 1.0, of which 0.8 is 80 %. Table 1 has ACR 1.699.
        Path published = write(
                "published.tsv", "0\t3\t3\t2.0\t1\t0:00:01\n1\t3\t3\t9.0\t1\t0:00:01\n20\t3\t2\t1.5\t0\t0:00:01\n");

        List<String> lines = ResultTable.of(List.of(evaluation), folder.resolve("models"), Map.of(0.5, published))
                .toText()
                .lines()
                .toList();

        assertThat(lines.get(0).split(" {2,}")).startsWith("method", "sigma").contains("0.00", "2.50");
        assertThat(lines.get(1).split(" {2,}"))
                .startsWith(
                        "cat-rs",
                        "0.50",
                        "10",
                        "7",
                        "mnist/fast/sigma-0.50/cat-rs, average 0.02",
                        "mnist/train",
                        "ffffffffffff-dirty",
                        "0123456789ab",
                        "mnist/test",
                        "2",
                        "100000",
                        "int8",
                        "0.800 (0.800)",
                        "1.699",
                        "1.000",
                        "80.00",
                        "80.00",
                        "50.0");
    }

    @Test
    void shouldAlsoCompareWithRadiiRoundedAsPublished() throws IOException {
        Path best = write("best.tsv", "0\t3\t3\t1.905728\t1\t0:00:01\n");
        run().write(EvaluationRun.fileOf(best));
        Path published = write("published.tsv", "0\t3\t3\t1.91\t1\t0:00:01\n");

        assertThat(ResultTable.of(List.of(best), folder, Map.of(0.5, published)).toMarkdown())
                .contains("|    99.77 |           100.00 |");
    }

    @Test
    void shouldDoWithoutAPublishedFile() {
        assertThat(ResultTable.of(List.of(evaluation), folder, Map.of()).toMarkdown())
                .contains("| 1.699 |         - |        - |                - |");
    }

    @Test
    void shouldRefuseAPublishedFileOfOtherImages() throws IOException {
        Path published = write("published.tsv", "0\t3\t3\t2.0\t1\t0:00:01\n20\t4\t4\t1.5\t1\t0:00:01\n");

        assertThatThrownBy(() -> ResultTable.of(List.of(evaluation), folder, Map.of(0.5, published)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("image 20 is a 3 here, and there it is a 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"optimizer", "optimiser"})
    void shouldTellTheOptimizerInEitherSpelling(String name) {
        manifest(Map.of("schedule", "one-cycle", name, "muon"))
                .write(folder.resolve("models/sigma-0.50-cat-rs").resolve(ModelManifest.FILE_NAME));

        assertThat(ResultTable.of(List.of(evaluation), folder.resolve("models"), Map.of())
                        .toMarkdown())
                .contains("| one-cycle, muon |");
    }

    @Test
    void shouldSayThatTheModelIsNotThere() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));

        assertThatThrownBy(() -> ResultTable.of(List.of(evaluation), empty, Map.of()))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("no model.json below");
    }
}
