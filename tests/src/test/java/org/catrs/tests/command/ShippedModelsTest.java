// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.catrs.tests.Catrs;
import org.catrs.tests.Checkout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The trained models that come with catrs, on digits that it draws: other ones than they were trained on. */
final class ShippedModelsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path SHIPPED =
            Checkout.ROOT.resolve("schemas/files/src/main/resources/org/catrs/schemas/model/shipped");
    private static final long MOST_BYTES = 2_000_000;
    private static final int DIGITS = 20;

    @TempDir
    private Path work;

    static List<String> names() throws IOException {
        try (Stream<Path> folders = Files.list(SHIPPED)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void shouldBeOneForEachSigmaOfThePaper() throws IOException {
        assertThat(names()).containsExactly("mnist-0.25", "mnist-0.50", "mnist-1.00");
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldBeSmallAndSayWhereItComesFrom(String name) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(SHIPPED.resolve(name)).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }

        assertThat(bytes).isLessThan(MOST_BYTES);
        assertThat(SHIPPED.resolve(name).resolve("PROVENANCE.md")).content().contains("--preset mnist/fast", "commit");
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldCertifyByItsName(String name) throws IOException {
        assertThat(correct(name, "fp32")).isGreaterThan(DIGITS / 5);
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldBecomeAQuantizedNetworkWithoutADataSet(String name) throws IOException {
        Path copy = Files.createDirectory(work.resolve("copy"));
        for (String file : List.of("model.onnx", "model.json", "calibration.bin")) {
            Files.copy(SHIPPED.resolve(name).resolve(file), copy.resolve(file));
        }

        assertThat(correct(copy.toString(), "int8")).isGreaterThan(DIGITS / 5);
    }

    /** Of so many digits, how many are certified with their label; a tenth would be by chance. */
    private long correct(String model, String precision) throws IOException {
        Path evaluation = work.resolve("digits.tsv");
        Catrs.run(
                work,
                LIMIT,
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
        List<String> lines = Files.readAllLines(evaluation);
        assertThat(lines).hasSize(DIGITS + 1);
        return lines.stream()
                .skip(1)
                .filter(line -> line.split("\t")[4].equals("1"))
                .count();
    }
}
