// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.catrs.schemas.InvalidDataException;

/** Evaluation files side by side: a table of a column per file, and a plot of a curve per file. */
public final class Report {
    /** Certified accuracies are shown at multiples of this radius, as in the field's tables. */
    private static final double RADIUS_STEP = 0.25;

    /** Digits of an ACR after the point, in tables and plots. */
    static final int ACR_PLACES = 3;

    private static final String EXTENSION = ".tsv";

    private static final String NOTE = "In parentheses: one standard error over the images. ACR is the mean radius, "
            + "rounded down, a wrong or abstained image counting as 0;"
            + System.lineSeparator()
            + "it leans on easy images and grows with n: judge by the certified accuracies, at equal n.";

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
        List<Path> distinct = files.stream().distinct().toList();
        boolean sameNames = distinct.stream().map(Path::getFileName).distinct().count() < distinct.size();
        return new Report(distinct.stream()
                .map(file -> new NamedSummary(
                        stripExtension(sameNames ? file.toString() : String.valueOf(file.getFileName())),
                        summarize(file)))
                .toList());
    }

    /** The table with aligned columns, and a note on what its numbers mean. */
    public String toText() {
        return table().toText() + System.lineSeparator() + NOTE;
    }

    /** The table as Markdown, and a note on what its numbers mean. */
    public String toMarkdown() {
        return table().toMarkdown() + System.lineSeparator() + NOTE;
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

    /** @throws InvalidDataException when the file cannot be read or has no rows */
    static EvaluationSummary summarize(Path file) {
        List<EvaluationRow> rows = EvaluationReader.read(file);
        if (rows.isEmpty()) {
            throw new InvalidDataException(file + " has a header but no images yet");
        }
        return new EvaluationSummary(rows);
    }

    static String stripExtension(String name) {
        return name.endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length()) : name;
    }

    private TextTable table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("images", summary -> Integer.toString(summary.images())));
        rows.add(row("n, samples per image", Report::sampleNumbers));
        rows.add(row("ACR", Report::averageCertifiedRadius));
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
        return new TextTable(
                Stream.concat(Stream.of(""), summaries.stream().map(NamedSummary::name))
                        .toList(),
                rows);
    }

    private List<String> row(String name, Function<EvaluationSummary, String> cell) {
        return Stream.concat(
                        Stream.of(name),
                        summaries.stream().map(NamedSummary::summary).map(cell))
                .toList();
    }

    private static String sampleNumbers(EvaluationSummary summary) {
        String numbers = summary.sampleNumbers().mapToObj(Long::toString).collect(Collectors.joining(", "));
        return numbers.isEmpty() ? "-" : numbers;
    }

    /** Rounded down, with its standard error. */
    static String averageCertifiedRadius(EvaluationSummary summary) {
        double error = summary.averageCertifiedRadius().standardError();
        return withError(summary.averageCertifiedRadiusRoundedDown(ACR_PLACES), "%.3f", error);
    }

    private static String percent(Mean mean) {
        return withError(String.format(Locale.ROOT, "%.1f", 100 * mean.value()), "%.1f", 100 * mean.standardError());
    }

    private static String withError(String value, String format, double error) {
        return value + " (" + (Double.isNaN(error) ? "-" : String.format(Locale.ROOT, format, error)) + ")";
    }
}
