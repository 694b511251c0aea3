// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.catrs.certifier.evaluation.charts.BoundDistributionChart;
import org.catrs.certifier.evaluation.charts.CertifiedAccuracyChart;
import org.catrs.certifier.evaluation.charts.PlotFile;
import org.catrs.certifier.evaluation.rows.EvaluationReader;
import org.catrs.certifier.evaluation.rows.EvaluationRow;
import org.catrs.certifier.evaluation.rows.EvaluationRun;
import org.catrs.certifier.evaluation.summary.EvaluationSummary;
import org.catrs.certifier.evaluation.summary.Mean;
import org.catrs.certifier.evaluation.summary.NamedSummary;
import org.catrs.certifier.evaluation.summary.StreamStatistics;
import org.catrs.certifier.evaluation.summary.TextTable;
import org.catrs.schemas.InvalidDataException;

/** Evaluation files side by side: a table of a column per file, and a plot of a curve per file. */
public final class Report {
    /** Certified accuracies are shown at multiples of this radius, as in the field's tables. */
    private static final double RADIUS_STEP = 0.25;

    private static final String EXTENSION = ".tsv";

    /** Bounds p_A of which the table gives the shares. */
    private static final List<Double> BOUNDS = List.of(0.5, 0.9, 0.99, 0.999, 0.9999);

    private static final String STATISTICS_NOTE = String.join(
            System.lineSeparator(),
            "Wrong certificates: alpha (as F.tsv.json says, or 0.001) times the images. Less the correction, a certified accuracy",
            "holds for the smoothed classifier on these images with probability " + StreamStatistics.CONFIDENCE + ".",
            "p_A: lower bound of the true class's probability, 0 where another class was certified.");

    private static final String NOTE = String.join(
            System.lineSeparator(),
            "In parentheses: one standard error over the images. ACR is the mean radius, rounded to nearest; a wrong or abstained image",
            "counts as 0. It leans on easy images and grows with n: judge by the certified accuracies, at equal n.");

    private static final String COMPARISON_NOTE =
            System.lineSeparator() + "ACRs are subtracted on the images that both files have.";

    private final List<NamedSummary> summaries;

    private Report(List<NamedSummary> summaries) {
        this.summaries = summaries;
    }

    /**
     * Reads evaluation files.
     *
     * @param files at least one; one that is given twice counts once
     * @throws InvalidDataException when one cannot be read or has no rows
     */
    public static Report of(List<Path> files) {
        List<Path> distinct = ColumnNames.distinct(files);
        List<String> names = ColumnNames.of(distinct);
        return new Report(IntStream.range(0, distinct.size())
                .mapToObj(index -> new NamedSummary(names.get(index), summarize(distinct.get(index))))
                .toList());
    }

    /** The table with aligned columns, and a note on what its numbers mean. */
    public String toText() {
        return table().toText()
                + System.lineSeparator()
                + note()
                + System.lineSeparator()
                + System.lineSeparator()
                + statistics().toText()
                + System.lineSeparator()
                + STATISTICS_NOTE;
    }

    /** The table as Markdown, and a note on what its numbers mean. */
    public String toMarkdown() {
        return table().toMarkdown()
                + System.lineSeparator()
                + note()
                + System.lineSeparator()
                + System.lineSeparator()
                + statistics().toMarkdown()
                + System.lineSeparator()
                + STATISTICS_NOTE;
    }

    private String note() {
        return summaries.size() > 1 ? NOTE + COMPARISON_NOTE : NOTE;
    }

    /**
     * Writes certified accuracy against radius as a picture.
     *
     * @param file ends with .png or .svg
     * @throws InvalidDataException when it ends otherwise or cannot be written, or this machine has no fonts
     */
    public void plot(Path file) {
        PlotFile.write(CertifiedAccuracyChart.of(summaries), file);
    }

    /** The summaries, in the order of the files. */
    List<NamedSummary> summaries() {
        return summaries;
    }

    /** The tables that {@link #toText} prints. */
    List<TextTable> tables() {
        return List.of(table(), statistics());
    }

    /** What the tables' numbers mean, in the order of the tables. */
    List<String> notes() {
        return List.of(note(), STATISTICS_NOTE);
    }

    /**
     * Writes the distribution of the lower bounds p_A as a picture.
     *
     * @param file ends with .png or .svg
     * @throws InvalidDataException when it ends otherwise or cannot be written, this machine has no fonts, or no evaluation
     *     gives its bounds
     */
    public void plotBounds(Path file) {
        List<NamedSummary> known = summaries.stream()
                .filter(named -> named.summary().bounds().length > 0)
                .toList();
        if (known.isEmpty()) {
            throw new InvalidDataException(
                    "no file gives its lower bounds: files of 'evaluate' do, those of six columns do not");
        }
        PlotFile.write(BoundDistributionChart.of(known), file);
    }

    /** @throws InvalidDataException when the file cannot be read or has no rows */
    static EvaluationSummary summarize(Path file) {
        List<EvaluationRow> rows = EvaluationReader.read(file);
        if (rows.isEmpty()) {
            throw new InvalidDataException(file + " has a header but no images yet");
        }
        Path sidecar = EvaluationRun.fileOf(file);
        if (!Files.exists(sidecar)) {
            return new EvaluationSummary(rows);
        }
        EvaluationRun run = EvaluationRun.read(sidecar);
        return new EvaluationSummary(rows, run.alpha(), run.datasetSha256());
    }

    static String stripExtension(String name) {
        return name.endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length()) : name;
    }

    private TextTable statistics() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row(
                "wrong certificates expected, at most",
                summary ->
                        String.format(Locale.ROOT, "%.2f", summary.statistics().wrongExpected())));
        rows.add(row("correction of certified accuracies, points", Report::correction));
        for (double bound : BOUNDS) {
            rows.add(row(
                    "p_A at least " + bound + ", %",
                    summary -> summary.bounds().length == 0 ? "-" : percent(summary.boundAtLeast(bound))));
        }
        return new TextTable(header(), rows);
    }

    private List<String> header() {
        return Stream.concat(Stream.of(""), summaries.stream().map(NamedSummary::name))
                .toList();
    }

    /** Rounded up. */
    private static String correction(EvaluationSummary summary) {
        return BigDecimal.valueOf(100 * summary.statistics().correction())
                .setScale(2, RoundingMode.CEILING)
                .toPlainString();
    }

    private TextTable table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("images", summary -> Integer.toString(summary.images())));
        rows.add(row("n, samples per image", Report::sampleNumbers));
        rows.add(row("ACR", Report::averageCertifiedRadius));
        if (summaries.size() > 1) {
            rows.add(differences(summaries.get(0)));
        }
        rows.add(row("abstained, %", summary -> percent(summary.abstentionRate())));
        double largest = summaries.stream()
                .mapToDouble(named -> named.summary().largestRadius())
                .max()
                .orElse(0);
        for (int step = 0; step * RADIUS_STEP <= largest; step++) {
            double radius = step * RADIUS_STEP;
            String name = String.format(Locale.ROOT, "certified at radius %.2f, %%", radius);
            rows.add(row(name, summary -> percent(summary.certifiedAccuracy(radius))));
        }
        return new TextTable(header(), rows);
    }

    private List<String> differences(NamedSummary first) {
        return row("ACR less that of " + first.name(), summary -> {
            Optional<Mean> difference = summary == first.summary()
                    ? Optional.empty()
                    : summary.averageCertifiedRadiusAbove(first.summary());
            return difference
                    .map(mean ->
                            withError(String.format(Locale.ROOT, "%+.4f", mean.value()), "%.4f", mean.standardError()))
                    .orElse("-");
        });
    }

    private List<String> row(String name, Function<EvaluationSummary, String> cell) {
        return Stream.concat(
                        Stream.of(name),
                        summaries.stream().map(NamedSummary::summary).map(cell))
                .toList();
    }

    private static String sampleNumbers(EvaluationSummary summary) {
        long[] numbers = summary.sampleNumbers().toArray();
        return switch (numbers.length) {
            case 0 -> "-";
            case 1 -> Long.toString(numbers[0]);
            default ->
                withError(
                        String.format(Locale.ROOT, "%.1f", summary.samples().value()),
                        "%.1f",
                        summary.samples().standardError());
        };
    }

    /** Rounded to the nearest, with its standard error. */
    static String averageCertifiedRadius(EvaluationSummary summary) {
        double error = summary.averageCertifiedRadius().standardError();
        return withError(summary.averageCertifiedRadiusRounded(EvaluationSummary.ACR_PLACES), "%.3f", error);
    }

    private static String percent(Mean mean) {
        return withError(String.format(Locale.ROOT, "%.1f", 100 * mean.value()), "%.1f", 100 * mean.standardError());
    }

    private static String withError(String value, String format, double error) {
        return value + " (" + (Double.isNaN(error) ? "-" : String.format(Locale.ROOT, format, error)) + ")";
    }
}
