// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.catrs.certifier.evaluation.charts.TrainingCurves;
import org.catrs.certifier.evaluation.rows.EvaluationRow;
import org.catrs.certifier.evaluation.rows.EvaluationRun;
import org.catrs.certifier.evaluation.rows.EvaluationRunTest;
import org.catrs.certifier.stream.outcome.ExactCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    private static final String ROWS = "idx\tlabel\tpredict\tradius\tcorrect\ttime\tn\tcount\tlower_bound\n"
            + "0\t3\t3\t0.6\t1\t0:00:01\t64\t64\t0.9\n1\t3\t-1\t0\t0\t0:00:01\t64\t20\t0.2\n";

    @TempDir
    private Path folder;

    @Test
    void shouldBeOnePageThatNeedsNoNetwork() throws IOException {
        Path file = Files.writeString(folder.resolve("a<b.tsv"), ROWS);
        EvaluationRunTest.run(0.001, "dd").write(EvaluationRun.fileOf(file));
        Files.writeString(folder.resolve("training.tsv"), "epoch\tloss\tconfident_share\n1\t2.0\t0.1\n2\t1.0\t0.5\n");

        Path page = folder.resolve("page.html");
        new HtmlReport(List.of(file), TrainingCurves.of(List.of(folder)), null).write(page);

        assertThat(page)
                .content()
                .contains("aria-label=\"Certified accuracy by radius\"", "Lower bounds p_A", "Mean loss by epoch")
                .contains("a&lt;b", "mnist/test, each 20. image", "prefers-color-scheme:dark")
                .doesNotContain("a<b", "http:", "https:", "<script", "NaN");
    }

    @Test
    void shouldNeverShowARadiusAboveTheTruth() {
        assertThat(ExactCertificate.all()).allSatisfy(exact -> {
            EvaluationRow row = EvaluationRow.of(0, 0, exact.certificate(), Duration.ZERO);

            String answer = HtmlReport.answer(row, List.of("0", "1"));

            assertThat(answer).startsWith("certified 1, WRONG, radius ");
            assertThat(new BigDecimal(answer.substring(answer.lastIndexOf(' ') + 1)))
                    .isLessThanOrEqualTo(exact.radius());
        });
    }
}
