// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.CertifiedPrediction.Engine;
import org.catrs.schemas.event.CertifiedPrediction.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class EvaluationRunTest {
    private static final String SHA_A = "a".repeat(64);
    private static final String SHA_B = "b".repeat(64);
    private static final Model MODEL = new Model("a", "1", SHA_A);
    private static final Engine ENGINE = new Engine("cpu", "fp32", "onnxruntime", "1", null);
    private static final EvaluationRun RUN =
            new EvaluationRun(MODEL, ENGINE, 0.5, 0.001, 100, 1000, "discrete", null, "mnist/test", "dd", 20, null);

    @TempDir
    private Path folder;

    public static EvaluationRun run(double alpha, String datasetSha256) {
        return new EvaluationRun(
                MODEL, ENGINE, 0.5, alpha, 100, 1000, "discrete", null, "mnist/test", datasetSha256, 20, null);
    }

    @Test
    void shouldReadWhatItWrites() {
        Path file = folder.resolve("run.tsv.json");

        RUN.write(file);

        assertThat(EvaluationRun.read(file)).isEqualTo(RUN);
    }

    @Test
    void shouldNameTheFileThatIsNone() throws IOException {
        Path file = Files.writeString(folder.resolve("run.tsv.json"), "{}");

        assertThatThrownBy(() -> EvaluationRun.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("run.tsv.json")
                .hasMessageContaining("model");
    }

    @Test
    void shouldGoOnUnderAnotherNameOfTheSameModelAndAnotherEngineVersion() {
        Model renamed = new Model("b", "2", SHA_A);
        Engine upgraded = new Engine("cpu", "fp32", "onnxruntime", "2", null);
        EvaluationRun now = new EvaluationRun(
                renamed, upgraded, 0.5, 0.001, 100, 1000, "discrete", null, "mnist/test", "dd", 20, null);

        assertThat(now.differencesFrom(RUN)).isEmpty();
    }

    @Test
    void shouldNameAllThatDiffers() {
        EvaluationRun other = new EvaluationRun(
                new Model("a", "1", SHA_B),
                new Engine("cpu", "int8", "onnxruntime", "1", null),
                0.25,
                0.01,
                10,
                10000,
                "gaussian",
                "adaptive, target radius 0.5",
                "digits/test",
                "ee",
                1,
                7);

        assertThat(other.differencesFrom(RUN))
                .containsExactly(
                        "model SHA-256 was " + SHA_A + " and is now " + SHA_B,
                        "precision was fp32 and is now int8",
                        "sigma was 0.5 and is now 0.25",
                        "alpha was 0.001 and is now 0.01",
                        "n0 was 100 and is now 10",
                        "n was 1000 and is now 10000",
                        "noise was discrete and is now gaussian",
                        "plan was fixed and is now adaptive, target radius 0.5",
                        "data set was mnist/test and is now digits/test",
                        "data set's SHA-256 was dd and is now ee",
                        "skip was 20 and is now 1",
                        "from was 0 and is now 7");
    }
}
