// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.catrs.certifier.evaluation.charts.CertifiedAccuracyChart;
import org.catrs.certifier.evaluation.charts.PlotFile;
import org.catrs.certifier.evaluation.charts.TradeOffChart;
import org.catrs.certifier.evaluation.summary.EvaluationSummary;
import org.catrs.certifier.evaluation.summary.NamedSummary;
import org.catrs.certifier.evaluation.summary.TextTable;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.paper.PaperRow;
import org.catrs.schemas.paper.PaperTable;

/** Evaluation files beside the rows of a table of the CAT-RS paper. */
public final class PaperComparison {
    private static final String NOTE = "Ours, the paper's, and the difference; the paper certified 10,000 test images"
            + " for Tables 1, 2 and 4, and 500 for the others, with n = 100000, after 150 epochs."
            + System.lineSeparator()
            + "ACR is in units of pixels scaled to [0, 1]; accuracies are certified at the radius above them, in %."
            + System.lineSeparator()
            + "In parentheses one standard error of our ACR; that of an accuracy p over N images is"
            + " sqrt(p (1 - p) / N).";

    private final PaperTable table;
    private final List<Pair> pairs;

    private PaperComparison(PaperTable table, List<Pair> pairs) {
        this.table = table;
        this.pairs = pairs;
    }

    /**
     * Reads evaluation files that are named after rows of a table, as {@code sigma-0.50-cat-rs.tsv}.
     *
     * @param number of the table
     * @throws InvalidDataException when the paper has no such table, a file is named after none of its rows, cannot be
     *     read, or has no images
     */
    public static PaperComparison of(int number, List<Path> files) {
        PaperTable table = PaperTable.of(number);
        return new PaperComparison(
                table, files.stream().map(file -> pair(table, file)).toList());
    }

    /** The rows with aligned columns, and a note on what the numbers mean. */
    public String toText() {
        return table().toText() + System.lineSeparator() + NOTE;
    }

    /** The rows as Markdown, and a note on what the numbers mean. */
    public String toMarkdown() {
        return table().toMarkdown() + System.lineSeparator() + NOTE;
    }

    /**
     * Draws certified accuracy against radius as the paper's Figures 3 and 4 do: our curves, and the paper's numbers as
     * points in the same colours.
     *
     * @param file ends with .png or .svg
     * @throws InvalidDataException when it ends otherwise or cannot be written, or this machine has no fonts
     */
    public void plot(Path file) {
        List<NamedSummary> curves = pairs.stream()
                .map(pair -> new NamedSummary(
                        pair.row().setup() + ", sigma " + pair.row().sigma(), pair.summary()))
                .toList();
        List<CertifiedAccuracyChart.Points> points = pairs.stream()
                .map(pair -> new CertifiedAccuracyChart.Points(
                        table.radii(), pair.row().certifiedAccuracies()))
                .toList();
        PlotFile.write(CertifiedAccuracyChart.of(curves, points), file);
    }

    /**
     * Draws the accuracy at a radius against the accuracy at radius 0, a curve for each method, as the paper's Figure 5
     * does.
     *
     * @param radius one of the table's
     * @param file ends with .png or .svg
     * @throws InvalidDataException when the table does not have the radius, or the file cannot be written
     */
    public void plotTradeOff(double radius, Path file) {
        int column = table.radii().indexOf(radius);
        if (column < 0) {
            throw new InvalidDataException(
                    "Table " + table.number() + " has the radii " + table.radii() + ", found " + radius);
        }
        TradeOffChart chart = new TradeOffChart(radius);
        for (Pair pair : pairs) {
            List<Double> paper = pair.row().certifiedAccuracies();
            chart.add(
                    pair.row().method(),
                    new TradeOffChart.Point(
                            100 * pair.summary().certifiedAccuracy(0).value(),
                            100 * pair.summary().certifiedAccuracy(radius).value()),
                    new TradeOffChart.Point(paper.get(0), paper.get(column)));
        }
        PlotFile.write(chart.draw(), file);
    }

    private static Pair pair(PaperTable table, Path file) {
        PaperRow row = row(table, file);
        EvaluationSummary summary = Report.summarize(file);
        return new Pair(row, summary, Departures.of(table.number(), row, file, summary));
    }

    private static PaperRow row(PaperTable table, Path file) {
        String name = Report.stripExtension(String.valueOf(file.getFileName()));
        return table.rows().stream()
                .filter(row -> row.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidDataException(file + " is named after no row of Table " + table.number()
                        + ", whose rows are "
                        + table.rows().stream().map(PaperRow::id).collect(Collectors.joining(", "))));
    }

    private TextTable table() {
        Stream<String> radii = table.radii().stream().map(radius -> format("%.2f", radius));
        List<String> header = Stream.of(
                        Stream.of("sigma, setup", "", "images", "ACR"), radii, Stream.of("not as the paper"))
                .flatMap(cells -> cells)
                .toList();
        List<List<String>> rows = new ArrayList<>();
        for (Pair pair : pairs) {
            double acr = pair.summary().averageCertifiedRadius().value();
            String images = Integer.toString(pair.summary().images());
            String setup = pair.row().sigma() + " " + pair.row().setup();
            rows.add(line(
                    List.of(setup, "ours", images, Report.averageCertifiedRadius(pair.summary())),
                    pair,
                    "%.1f",
                    (ours, paper) -> ours,
                    ""));
            double paperAcr = pair.row().averageCertifiedRadius();
            rows.add(
                    line(List.of("", "paper", "", format("%.3f", paperAcr)), pair, "%.1f", (ours, paper) -> paper, ""));
            rows.add(line(
                    List.of("", "difference", "", format("%+.3f", acr - paperAcr)),
                    pair,
                    "%+.1f",
                    PaperComparison::difference,
                    String.join(", ", pair.departures())));
        }
        return new TextTable(header, rows);
    }

    private List<String> line(
            List<String> begin, Pair pair, String format, BiFunction<Double, Double, Double> accuracy, String end) {
        Stream<String> accuracies = IntStream.range(0, table.radii().size()).mapToObj(column -> {
            double ours = 100
                    * pair.summary()
                            .certifiedAccuracy(table.radii().get(column))
                            .value();
            double paper = pair.row().certifiedAccuracies().get(column);
            return format(format, accuracy.apply(ours, paper));
        });
        return Stream.of(begin.stream(), accuracies, Stream.of(end))
                .flatMap(cells -> cells)
                .toList();
    }

    /** In tenths, so that what rounds to nothing has no sign. */
    private static double difference(double ours, double paper) {
        return Math.rint(10 * (ours - paper)) / 10 + 0.0;
    }

    private static String format(String format, double... values) {
        return String.format(
                Locale.ROOT, format, DoubleStream.of(values).boxed().toArray());
    }

    /**
     * A row of the paper, and what an evaluation of the same training says.
     *
     * @param departures in what it was not done as the paper's
     */
    private record Pair(PaperRow row, EvaluationSummary summary, List<String> departures) {}
}
