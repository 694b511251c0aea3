// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.catrs.certifier.stream.outcome.ExactCertificate;
import org.catrs.program.terminal.TerminalText;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.json.JsonRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswersTest {
    @Test
    void shouldSayWhichNetworkWasOnlyTried() {
        ReceivedPrediction certain = Predictions.certified("a.png", 1, "dog", 0.25, 1);
        ObjectNode tree = (ObjectNode) JsonRecords.toTree(certain.prediction());
        tree.put("independence", "TRIED");
        CertifiedPrediction tried = JsonRecords.fromTree(tree, CertifiedPrediction.class);

        assertThat(new AnswerLines(Integer.MAX_VALUE).line(new ReceivedPrediction("a.png", Predictions.PLACE, tried)))
                .isEqualTo("a.png   label 1 (dog)   radius 0.250   independence tried, not proved   true 1   correct");
    }

    @Test
    void shouldAlignLinesAndMarkWhatIsWrong() {
        AnswerLines lines = new AnswerLines(Integer.MAX_VALUE);
        assertThat(lines.line(Predictions.certified("mnist/test/42", 1, "1", 1.2349, 1)))
                .isEqualTo("mnist/test/42   label 1   radius 1.234   true 1   correct");
        assertThat(lines.line(Predictions.certified("mnist/test/7", 1, "1", 0.5, 0)))
                .isEqualTo("mnist/test/7    label 1   radius 0.500   true 0   WRONG");
        assertThat(lines.line(Predictions.abstained("mnist/test/8", 3)))
                .isEqualTo("mnist/test/8    abstained                true 3");
    }

    @Test
    void shouldNeverShowMoreThanTheTruth() {
        assertThat(ExactCertificate.all()).allSatisfy(exact -> {
            String line = new AnswerLines(Integer.MAX_VALUE)
                    .line(new ReceivedPrediction("a", Predictions.PLACE, exact.event()));

            String radius = line.replaceFirst(".* radius ([0-9.]+) .*", "$1");
            assertThat(new BigDecimal(radius)).isLessThanOrEqualTo(exact.radius());
        });
    }

    @Test
    void shouldNeverWriteRowsOfMoreThanTheTruth(@TempDir Path folder) throws IOException {
        List<ExactCertificate> all = ExactCertificate.all();
        Path file = folder.resolve("out.tsv");
        try (AnswerRows rows = new AnswerRows(file)) {
            all.forEach(exact -> rows.add(new ReceivedPrediction("a", Predictions.PLACE, exact.event())));
        }

        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < all.size(); i++) {
            String[] cells = lines.get(i + 1).split("\t");
            assertThat(new BigDecimal(cells[3])).isLessThanOrEqualTo(all.get(i).radius());
            assertThat(new BigDecimal(cells[8])).isLessThanOrEqualTo(all.get(i).bound());
        }
    }

    @Test
    void shouldNameTheClassAndLeaveOutATrueLabelThatNobodyKnows() {
        assertThat(new AnswerLines(Integer.MAX_VALUE).line(Predictions.certified("a.png", 1, "dog", 0.25, null)))
                .isEqualTo("a.png   label 1 (dog)   radius 0.250");
        assertThat(new AnswerLines(Integer.MAX_VALUE).line(Predictions.abstained("a.png", null)))
                .isEqualTo("a.png   abstained");
    }

    @Test
    void shouldShowRejectionsBesideAnswers() {
        AnswerLines lines = new AnswerLines(Integer.MAX_VALUE);
        lines.line(Predictions.abstained("long/name.png", null));
        assertThat(lines.line(Predictions.rejected("a.png", "no image")))
                .isEqualTo("a.png           rejected   CORRUPT_IMAGE: no image");
        assertThat(AnswerLines.json(Predictions.rejected("a.png", "no image")))
                .startsWith(
                        "{\"key\":\"a.png\",\"stage\":\"decode\",\"reason\":\"CORRUPT_IMAGE\",\"message\":\"no image\"");
    }

    @Test
    void shouldNameAnImageWithoutAKeyByItsPlace() throws IOException {
        assertThat(Predictions.rejected(null, "no image").name()).isEqualTo("images-3@42");
        assertThat(Predictions.abstained(null, null).name())
                .as("before version 3 only the place of the answer is known")
                .isEqualTo("certified-predictions-0@7");
        assertThat(new JsonMapper()
                        .readTree(AnswerLines.json(Predictions.abstained(null, null)))
                        .get("key")
                        .isNull())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 40, 60, 80, 120, 300})
    void shouldFitAnyTerminalAndActOnNone(int width) {
        AnswerLines lines = new AnswerLines(width);
        String[] keys = {"a", "mnist/test/42", "k".repeat(500), "字".repeat(100), "\u001b]0;title\u0007\u009b31m", "a\nb"
        };
        for (String key : keys) {
            List<ReceivedAnswer> answers = List.of(
                    Predictions.certified(key, 1, "\u001b[2J\u202ename", 1.25, 1),
                    Predictions.abstained(key, null),
                    Predictions.rejected(key, "\u001b[2J" + "m".repeat(1_000)));
            for (ReceivedAnswer answer : answers) {
                String line = lines.line(answer);
                assertThat(TerminalText.columns(line)).isLessThanOrEqualTo(width);
                assertThat(line).isEqualTo(TerminalText.visible(line));
                assertThat(AnswerLines.json(answer)).isEqualTo(TerminalText.visible(AnswerLines.json(answer)));
            }
        }
    }

    @Test
    void shouldKeepTheVerdictWholeWhereTheNameIsLong() {
        assertThat(new AnswerLines(53).line(Predictions.certified("mnist/test/a-very-long-name/42", 1, "1", 1.25, 1)))
                .isEqualTo("mnis\u2026e/42   label 1   radius 1.250   true 1   correct");
        AnswerLines lines = new AnswerLines(Integer.MAX_VALUE);
        lines.line(Predictions.abstained("k".repeat(41), null));
        assertThat(lines.line(Predictions.abstained("a", null))).isEqualTo("a   abstained");
    }

    @Test
    void shouldWriteJsonThatReadsAsItWasWhateverIsEscaped() throws IOException {
        String key = "\u009b31m größe \u202e";
        assertThat(new JsonMapper()
                        .readTree(AnswerLines.json(Predictions.abstained(key, null)))
                        .get("key")
                        .textValue())
                .isEqualTo(key);
    }

    @Test
    void shouldPutTheKeyBeforeTheEvent() {
        assertThat(AnswerLines.json(Predictions.abstained("a.png", null)))
                .startsWith("{\"key\":\"a.png\",\"outcome\":\"ABSTAINED\",\"label\":null,");
    }

    @Test
    void shouldCountOutcomesAndRates() {
        AnswerSummary summary = new AnswerSummary();
        summary.add(Predictions.certified("a", 1, "1", 1, 1), 0);
        summary.add(Predictions.certified("b", 1, "1", 1, 0), 1_000_000_000L);
        summary.add(Predictions.abstained("c", 0), 2_000_000_000L);
        summary.add(Predictions.rejected("d", "no image"), 3_000_000_000L);
        assertThat(summary.answers()).isEqualTo(4);
        assertThat(summary.line())
                .isEqualTo("4 images: 2 certified (1 correct, 1 wrong), 1 abstained, 1 rejected; read at 1.0 images/s,"
                        + " 673 noise samples/s");
    }

    @Test
    void shouldHaveNoRateOfASingleImage() {
        AnswerSummary summary = new AnswerSummary();
        assertThat(summary.line()).isEqualTo("0 images: 0 certified (0 correct, 0 wrong), 0 abstained, 0 rejected");
        summary.add(Predictions.abstained("c", 0), 5);
        assertThat(summary.line()).isEqualTo("1 images: 0 certified (0 correct, 0 wrong), 1 abstained, 0 rejected");
    }

    @Test
    void shouldWriteRowsThatReportReads(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("out.tsv");
        try (AnswerRows rows = new AnswerRows(file)) {
            rows.add(Predictions.certified("mnist/test/42", 1, "1", 1.25, 1));
            rows.add(Predictions.abstained("no number", 0));
            rows.add(Predictions.abstained("unlabelled", null));
            assertThat(rows.unlabelled()).isEqualTo(1);
        }
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "idx\tlabel\tpredict\tradius\tcorrect\ttime\tn\tcount\tlower_bound",
                        "42\t1\t1\t1.250000\t1\t0:00:01.500000\t1000\t600\t0.750000000000",
                        "1\t0\t-1\t0.000000\t0\t0:00:01.500000\t1000\t400\t0.750000000000");
    }
}
