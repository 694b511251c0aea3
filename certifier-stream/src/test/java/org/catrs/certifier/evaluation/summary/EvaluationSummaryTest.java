// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.catrs.certifier.evaluation.rows.EvaluationReader;
import org.catrs.certifier.evaluation.rows.EvaluationRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Expected numbers of sample.tsv are NumPy's, with {@code d = numpy.genfromtxt('sample.tsv', names=True)} and {@code
 * correct = d['correct'] == 1}; standard errors are {@code x.std(ddof=1) / len(x)**.5} of the same x.
 */
public class EvaluationSummaryTest {
    private final EvaluationSummary summary = new EvaluationSummary(EvaluationReader.read(sample()));

    public static Path sample() {
        try {
            return Path.of(EvaluationSummaryTest.class.getResource("sample.tsv").toURI());
        } catch (URISyntaxException exception) {
            throw new IllegalStateException(exception);
        }
    }

    @Test
    void shouldAverageTheRadiusOverAllImages() {
        // x = d['radius'] * correct
        assertMean(summary.averageCertifiedRadius(), 0.92295, 0.10062832061729148);
    }

    @Test
    void shouldSubtractAverageRadiiOnTheImagesThatBothHave() {
        EvaluationSummary ours = new EvaluationSummary(List.of(row(1, 1, 0.6), row(2, 1, 0.5), row(3, 1, 1.0)));
        EvaluationSummary theirs = new EvaluationSummary(List.of(row(2, 0, 0.9), row(3, 1, 0.8), row(4, 1, 2.0)));

        // x = numpy.array([0.5 - 0.0, 1.0 - 0.8]): the second's image 2 is of the wrong class
        assertMean(ours.averageCertifiedRadiusAbove(theirs).orElseThrow(), 0.35, 0.15);
    }

    private static EvaluationRow row(int index, int predict, double radius) {
        return new EvaluationRow(index, 1, predict, radius, Duration.ZERO, null);
    }

    @Test
    void shouldRoundTheAverageRadiusDownAndNoFurther() {
        EvaluationRow wrong = new EvaluationRow(0, 1, 2, 3.0, Duration.ZERO, null);
        EvaluationRow first = new EvaluationRow(1, 1, 1, 0.6, Duration.ZERO, null);
        EvaluationRow second = new EvaluationRow(2, 1, 1, 0.601999, Duration.ZERO, null);

        // 0.3, though the double 0.3 lies below it.
        assertThat(rounded(wrong, first)).isEqualTo("0.300");
        assertThat(rounded(first, second)).isEqualTo("0.601");
    }

    private static String rounded(EvaluationRow... rows) {
        return new EvaluationSummary(List.of(rows)).averageCertifiedRadiusRounded(3);
    }

    @Test
    void shouldGiveTheShareOfAbstentions() {
        // x = 1.0 * (d['predict'] == -1)
        assertMean(summary.abstentionRate(), 0.1, 0.048038446141526144);
    }

    @ParameterizedTest
    @CsvSource({
        "0.00, 0.775, 0.06686668711812965",
        "0.25, 0.775, 0.06686668711812965",
        "0.50, 0.725, 0.07149950690165274",
        "0.75, 0.600, 0.0784464540552736",
        "1.00, 0.475, 0.07996393417804533",
        "1.25, 0.425, 0.07915823166939519",
        "1.50, 0.225, 0.06686668711812965",
        "1.75, 0.075, 0.04217636961434867"
    })
    void shouldCountImagesThatAreCorrectWithAtLeastTheRadius(double radius, double mean, double standardError) {
        // x = 1.0 * (correct & (d['radius'] >= radius))
        assertMean(summary.certifiedAccuracy(radius), mean, standardError);
    }

    @Test
    void shouldKnowItsImagesAndSamples() {
        assertThat(summary.images()).isEqualTo(40);
        assertThat(summary.sampleNumbers()).containsExactly(1000L);
        // (d['radius'] * correct).max()
        assertThat(summary.largestRadius()).isEqualTo(1.828);
    }

    @Test
    void shouldNotCountTheRadiusOfAWrongClass() {
        EvaluationRow wrong = new EvaluationRow(0, 1, 2, 3.0, Duration.ZERO, null);
        EvaluationRow right = new EvaluationRow(1, 1, 1, 1.0, Duration.ZERO, null);
        EvaluationSummary two = new EvaluationSummary(List.of(wrong, right));

        assertThat(two.averageCertifiedRadius().value()).isEqualTo(0.5);
        assertThat(two.certifiedAccuracy(0).value()).isEqualTo(0.5);
        assertThat(two.largestRadius()).isEqualTo(1.0);
        assertThat(two.correctRadii()).containsExactly(1.0);
    }

    @Test
    void shouldRefuseToSummarizeNothing() {
        assertThatThrownBy(() -> new EvaluationSummary(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertMean(Mean mean, double value, double standardError) {
        assertThat(mean.value()).isCloseTo(value, within(1e-12));
        assertThat(mean.standardError()).isCloseTo(standardError, within(1e-12));
    }
}
