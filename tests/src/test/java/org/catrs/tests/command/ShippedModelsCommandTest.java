// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.catrs.schemas.model.ShippedModels;
import org.catrs.tests.Catrs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The trained models that come with catrs, on digits that it draws: other ones than they were trained on. */
final class ShippedModelsCommandTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> NAMES = ShippedModels.NAMES;
    private static final int DIGITS = 20;

    @TempDir
    private Path work;

    @Test
    void shouldBeOneForEachSigmaOfThePaper() {
        assertThat(NAMES).containsExactly("mnist-0.25", "mnist-0.50", "mnist-1.00");
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void shouldCertifyByItsName(String name) throws IOException {
        assertThat(correct(name, "fp32")).isGreaterThan(DIGITS / 5);
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void shouldBecomeAQuantizedNetworkWithoutADataSet(String name) throws IOException {
        assertThat(correct(name, "int8")).isGreaterThan(DIGITS / 5);
    }

    /** Of so many digits, how many are certified with their label; a tenth would be by chance. */
    private long correct(String model, String precision) throws IOException {
        Path evaluation = work.resolve("digits.tsv");
        // A cache of its own, so that quantised networks are made now.
        Catrs command = Catrs.start(
                work,
                Map.of("CATRS_CACHE", work.resolve("cache").toString()),
                "evaluate",
                "--model",
                model,
                "--precision",
                precision,
                "--dataset",
                "digits",
                "--max",
                "" + DIGITS,
                "--n",
                "500",
                "--out",
                evaluation.toString());
        assertThat(command.awaitExit(LIMIT)).as(() -> command.output()).isZero();
        List<String> lines = Files.readAllLines(evaluation);
        assertThat(lines).hasSize(DIGITS + 1);
        return lines.stream()
                .skip(1)
                .filter(line -> line.split("\t")[4].equals("1"))
                .count();
    }
}
