// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * What an evaluation says in numbers. All are means over all images: an image that was abstained on, or whose certified
 * class is wrong, counts as one with no radius.
 */
final class EvaluationSummary {
    private final List<EvaluationRow> rows;

    /** @throws IllegalArgumentException when there are no rows */
    EvaluationSummary(List<EvaluationRow> rows) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("a summary needs at least one image");
        }
        this.rows = List.copyOf(rows);
    }

    int images() {
        return rows.size();
    }

    /** The average certified radius, ACR (Zhai et al., "MACER", ICLR 2020, section 5). */
    Mean averageCertifiedRadius() {
        return mean(row -> row.correct() ? row.radius() : 0);
    }

    /**
     * The average certified radius as a decimal that does not exceed the mean of the radii as they are written.
     *
     * @param places digits after the point
     */
    String averageCertifiedRadiusRoundedDown(int places) {
        return rows.stream()
                .filter(EvaluationRow::correct)
                .map(row -> BigDecimal.valueOf(row.radius()))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(BigDecimal.valueOf(rows.size()), places, RoundingMode.FLOOR)
                .toPlainString();
    }

    /** Share of the images whose true class was certified with at least a radius; at 0, any radius. */
    Mean certifiedAccuracy(double radius) {
        return share(row -> row.correct() && row.radius() >= radius);
    }

    /** Share of the images for which no class was certified. */
    Mean abstentionRate() {
        return share(EvaluationRow::abstained);
    }

    /** The largest radius of an image whose true class was certified; 0 where there is none. */
    double largestRadius() {
        return rows.stream()
                .filter(EvaluationRow::correct)
                .mapToDouble(EvaluationRow::radius)
                .max()
                .orElse(0);
    }

    /** The radii of the images whose true class was certified, ascending. */
    double[] correctRadii() {
        return rows.stream()
                .filter(EvaluationRow::correct)
                .mapToDouble(EvaluationRow::radius)
                .sorted()
                .toArray();
    }

    /** The numbers of estimation samples, each once and ascending; none where the file does not say. */
    LongStream sampleNumbers() {
        return rows.stream()
                .map(EvaluationRow::estimate)
                .filter(Objects::nonNull)
                .mapToLong(EvaluationRow.Estimate::n)
                .distinct()
                .sorted();
    }

    private Mean share(Predicate<EvaluationRow> predicate) {
        return mean(row -> predicate.test(row) ? 1 : 0);
    }

    private Mean mean(ToDoubleFunction<EvaluationRow> value) {
        return Mean.of(rows.stream().mapToDouble(value).toArray());
    }
}
