// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.summary;

import static java.util.stream.Collectors.toMap;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.catrs.certifier.evaluation.rows.EvaluationRow;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation says in numbers. All are means over all images: an image that was abstained on, or whose certified
 * class is wrong, counts as one with no radius.
 */
public final class EvaluationSummary {
    /** Digits of an ACR after the point, in tables and plots. */
    public static final int ACR_PLACES = 3;

    private final List<EvaluationRow> rows;
    private final double alpha;
    private final @Nullable String datasetSha256;

    /**
     * A summary of certificates of an unknown data set, with the failure probability of the standard protocol.
     *
     * @throws IllegalArgumentException when there are no rows
     */
    public EvaluationSummary(List<EvaluationRow> rows) {
        this(rows, SmoothingParameters.DEFAULT_ALPHA, null);
    }

    /**
     * A summary.
     *
     * @param alpha failure probability of the certificates
     * @param datasetSha256 hash of the data set that the images are of; null where the file does not say
     * @throws IllegalArgumentException when there are no rows
     */
    public EvaluationSummary(List<EvaluationRow> rows, double alpha, @Nullable String datasetSha256) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("a summary needs at least one image");
        }
        this.rows = List.copyOf(rows);
        this.alpha = alpha;
        this.datasetSha256 = datasetSha256;
    }

    public int images() {
        return rows.size();
    }

    /** The average certified radius, ACR (Zhai et al., "MACER", ICLR 2020, section 5). */
    public Mean averageCertifiedRadius() {
        return mean(EvaluationSummary::radiusIfCorrect);
    }

    /**
     * The average certified radius as the nearest decimal, as papers give it: a mean over images is an estimate, and no
     * radius that anybody relies on.
     *
     * @param places digits after the point
     */
    public String averageCertifiedRadiusRounded(int places) {
        return rows.stream()
                .filter(EvaluationRow::correct)
                .map(row -> BigDecimal.valueOf(row.radius()))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(BigDecimal.valueOf(rows.size()), places, RoundingMode.HALF_UP)
                .toPlainString();
    }

    /**
     * How much the ACR of the images that another summary is of as well lies above the other's. As images are mostly
     * hard for both or easy for both, its standard error is usually smaller than either's.
     *
     * @return empty where they have no image in common: their data sets are not the same, or, where a file does not say of
     *     which it is, an image has another label
     */
    public Optional<Mean> averageCertifiedRadiusAbove(EvaluationSummary other) {
        if (datasetSha256 != null && other.datasetSha256 != null && !datasetSha256.equals(other.datasetSha256)) {
            return Optional.empty();
        }
        Map<Integer, EvaluationRow> others =
                other.rows.stream().collect(toMap(EvaluationRow::index, row -> row, (first, again) -> first));
        DoubleStream.Builder differences = DoubleStream.builder();
        for (EvaluationRow ours : rows) {
            EvaluationRow theirs = others.get(ours.index());
            if (theirs != null && theirs.label() != ours.label()) {
                return Optional.empty();
            }
            if (theirs != null) {
                differences.add(radiusIfCorrect(ours) - radiusIfCorrect(theirs));
            }
        }
        double[] common = differences.build().toArray();
        return common.length == 0 ? Optional.empty() : Optional.of(Mean.of(common));
    }

    private static double radiusIfCorrect(EvaluationRow row) {
        return row.correct() ? row.radius() : 0;
    }

    /** Share of the images whose true class was certified with at least a radius; at 0, any radius. */
    public Mean certifiedAccuracy(double radius) {
        return share(row -> row.correct() && row.radius() >= radius);
    }

    /** Share of the images for which no class was certified. */
    public Mean abstentionRate() {
        return share(EvaluationRow::abstained);
    }

    /** The largest radius of an image whose true class was certified; 0 where there is none. */
    public double largestRadius() {
        return rows.stream()
                .filter(EvaluationRow::correct)
                .mapToDouble(EvaluationRow::radius)
                .max()
                .orElse(0);
    }

    /** The radii of the images whose true class was certified, ascending. */
    public double[] correctRadii() {
        return rows.stream()
                .filter(EvaluationRow::correct)
                .mapToDouble(EvaluationRow::radius)
                .sorted()
                .toArray();
    }

    /** What holds for the certificates together. */
    public StreamStatistics statistics() {
        return new StreamStatistics(rows.size(), alpha);
    }

    /**
     * The lower bounds of the true class's probability, ascending: 0 where another class was certified. Empty where the
     * file does not say.
     */
    public double[] bounds() {
        return rows.stream()
                .filter(row -> row.estimate() != null)
                .mapToDouble(EvaluationSummary::bound)
                .sorted()
                .toArray();
    }

    /** Share of the images whose true class's probability has at least a lower bound. */
    public Mean boundAtLeast(double probability) {
        return share(row -> row.estimate() != null && bound(row) >= probability);
    }

    /** Mean number of estimation samples of an image. */
    public Mean samples() {
        return mean(EvaluationRow::samples);
    }

    private static double bound(EvaluationRow row) {
        EvaluationRow.Estimate estimate = row.estimate();
        return estimate == null || !(row.correct() || row.abstained()) ? 0 : estimate.lowerBound();
    }

    /** The numbers of estimation samples, each once and ascending; none where the file does not say. */
    public LongStream sampleNumbers() {
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
