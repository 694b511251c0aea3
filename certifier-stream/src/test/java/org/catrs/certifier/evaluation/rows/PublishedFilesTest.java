// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.catrs.certifier.evaluation.report.Report;
import org.junit.jupiter.api.Test;

/**
 * Evaluations of 10,000 images that others published give the numbers that they published. The files lie in the folder
 * {@code reference} of the folder that the environment variable CATRS_DATA names.
 */
class PublishedFilesTest {
    @Test
    void shouldGiveTheTableOfGaussianTraining() {
        assertThat(reportOf("cifar10-sigma0.50-gaussian.tsv"))
                .contains(
                        "images 10000",
                        "ACR 0.525 (0.006)",
                        "certified at radius 0.00, % 65.7 (0.5)",
                        "certified at radius 0.25, % 54.9 (0.5)",
                        "certified at radius 0.50, % 42.8 (0.5)",
                        "certified at radius 0.75, % 32.5 (0.5)",
                        "certified at radius 1.00, % 22.0 (0.4)",
                        "certified at radius 1.25, % 14.1 (0.3)",
                        "certified at radius 1.50, % 8.3 (0.3)",
                        "certified at radius 1.75, % 3.9 (0.2)")
                .noneMatch(line -> line.contains("2.00"));
    }

    /** 0.55185, which papers round so, too. */
    @Test
    void shouldGiveTheAverageCertifiedRadiusOfConsistencyTraining() {
        assertThat(reportOf("cifar10-sigma0.25-consistency.tsv")).contains("ACR 0.552 (0.004)");
    }

    private static List<String> reportOf(String name) {
        String data = System.getenv("CATRS_DATA");
        assumeThat(data).as("CATRS_DATA names the folder of the data").isNotNull();
        Path file = Path.of(data, "reference", name);
        assumeThat(file).as("a published evaluation").matches(Files::exists);
        return Report.of(List.of(file))
                .toText()
                .lines()
                .map(line -> line.replaceAll(" +", " "))
                .toList();
    }
}
