// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import org.catrs.certifier.evaluation.rows.EvaluationRow.Estimate;
import org.catrs.certifier.stream.outcome.ExactCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationFormatTest {
    @Test
    void shouldBeginWithThePublishedColumns() {
        assertThat(EvaluationFormat.HEADER)
                .isEqualTo("idx\tlabel\tpredict\tradius\tcorrect\ttime\tn\tcount\tlower_bound");
    }

    @Test
    void shouldWriteRadiusAndBoundRoundedDown() {
        Estimate estimate = new Estimate(100_000, 99_999, 0.9998999999999999);
        EvaluationRow row = new EvaluationRow(7, 3, 3, 1.9057289999, Duration.ofMillis(16_301), estimate);

        assertThat(EvaluationFormat.format(row))
                .isEqualTo("7\t3\t3\t1.905728\t1\t0:00:16.301000\t100000\t99999\t0.999899999999");
    }

    @Test
    void shouldNeverWriteMoreThanTheTruth() {
        assertThat(ExactCertificate.all()).allSatisfy(exact -> {
            EvaluationRow row = EvaluationRow.of(0, 1, exact.certificate(), Duration.ZERO);

            String[] cells = EvaluationFormat.format(row).split("\t");

            assertThat(new BigDecimal(cells[3])).isLessThanOrEqualTo(exact.radius());
            assertThat(new BigDecimal(cells[8])).isLessThanOrEqualTo(exact.bound());
        });
    }

    @Test
    void shouldWriteAbstentionAsMinusOneWithRadiusZero() {
        EvaluationRow row = new EvaluationRow(
                9998, 1, EvaluationRow.ABSTAIN, 0, Duration.ofHours(100).plusNanos(1_999), new Estimate(100, 50, 0.25));

        assertThat(EvaluationFormat.format(row))
                .isEqualTo("9998\t1\t-1\t0.000000\t0\t100:00:00.000001\t100\t50\t0.250000000000");
    }

    @Test
    void shouldReadPublishedLines() {
        assertThat(parse("6726\t3\t2\t8.64e-05\t0\t0:00:14.433725"))
                .isEqualTo(new EvaluationRow(6726, 3, 2, 8.64e-05, Duration.ofNanos(14_433_725_000L), null));
        assertThat(parse("0\t3\t-1\t0.0\t0\t1 day, 2:00:14").time()).isEqualTo(Duration.ofSeconds(26 * 3600 + 14));
    }

    @Test
    void shouldReadWhatItWrites() {
        EvaluationRow withEstimate =
                new EvaluationRow(1, 2, 2, 0.5, Duration.ofNanos(1_000), new Estimate(10, 10, 0.501187233627));
        EvaluationRow without = new EvaluationRow(2, 2, 1, 0.25, Duration.ZERO, null);

        assertThat(parse(EvaluationFormat.format(withEstimate))).isEqualTo(withEstimate);
        assertThat(parse(EvaluationFormat.format(without))).isEqualTo(without);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0\t3\t3\t0.73\t1",
                "0\t3\t3\t0.73\t1\t0:00:16.301146\t10",
                "x\t3\t3\t0.73\t1\t0:00:16.301146",
                "99999999999\t3\t3\t0.73\t1\t0:00:16.301146",
                "0\t3\t-2\t0.73\t0\t0:00:16.301146",
                "0\t3\t3\tNaN\t1\t0:00:16.301146",
                "0\t3\t-1\t0.73\t0\t0:00:16.301146",
                "0\t3\t3\t0.73\t0\t0:00:16.301146",
                "0\t3\t3\t0.73\tyes\t0:00:16.301146",
                "0\t3\t3\t0.73\t1\t-16.3",
                "0\t3\t3\t0.73\t1\tNaN",
                "0\t3\t3\t0.73\t1\t0:00:16.301146\t10\t11\t0.5",
                "0\t3\t3\t0.73\t1\t0:00:16.301146\t10\t9\t1.5",
                "0\t3\t3\t0.73\t1\t0:00:16.301146\t10\t\t0.5",
            })
    void shouldRefuseOtherLines(String line) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldSayWhatIsWrongWithALine() {
        assertThatThrownBy(() -> parse("0\t3\t3\t0,73\t1\t0:00:16.301146"))
                .hasMessage("radius must be a number, found '0,73'");
        assertThatThrownBy(() -> parse("0\t3\t4\t0.73\t1\t0:00:16.301146"))
                .hasMessage("correct is '1' where label is 3 and predict is 4");
    }

    /** A line of a file with as many of this program's columns as it has. */
    private static EvaluationRow parse(String line) {
        boolean published = line.split("\t", -1).length <= EvaluationFormat.PUBLISHED_COLUMNS.size();
        String header = published ? String.join("\t", EvaluationFormat.PUBLISHED_COLUMNS) : EvaluationFormat.HEADER;
        return EvaluationColumns.of(header).parse(line);
    }
}
