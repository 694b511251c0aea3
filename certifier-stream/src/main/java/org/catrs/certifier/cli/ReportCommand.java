// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.catrs.certifier.evaluation.charts.TrainingCurves;
import org.catrs.certifier.evaluation.report.HtmlReport;
import org.catrs.certifier.evaluation.report.PaperComparison;
import org.catrs.certifier.evaluation.report.Report;
import org.catrs.certifier.evaluation.report.ResultTable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Summarizes evaluation files. */
@Command(
        name = "report",
        description = "Summarizes evaluation files side by side: average certified radius (ACR), abstention rate, "
                + "certified accuracy at radii 0.00, 0.25 and so on, how many certificates are expected to be wrong, and "
                + "how the lower bounds p_A are distributed.",
        mixinStandardHelpOptions = true)
public final class ReportCommand implements Runnable {
    @Parameters(
            arity = "0..*",
            paramLabel = "F.tsv",
            description = "files that 'evaluate' or 'watch --out' wrote, or published ones, whatever their columns")
    private List<Path> files = List.of();

    @Option(
            names = "--training",
            paramLabel = "DIR",
            description = "instead of files: show how a training went, by the folder that 'train' wrote to; a plot then"
                    + " shows loss and share of images with p_hat = 1; may be given several times")
    private List<Path> trainings = List.of();

    @Option(
            names = "--results",
            paramLabel = "DIR",
            description =
                    "for a record of results: a line for each file with how its model was trained, as the manifests"
                            + " of the models below DIR say, and the paper's ACR")
    private @Nullable Path results;

    @Option(
            names = "--published",
            paramLabel = "SIGMA=F.tsv",
            description =
                    "with --results, compare the files of this sigma with published radii of the same images; may be"
                            + " given several times")
    private Map<Double, Path> published = Map.of();

    @Option(names = "--plot", paramLabel = "OUT.png|OUT.svg", description = "draw certified accuracy against radius")
    private @Nullable Path plot;

    @Option(
            names = "--plot-bounds",
            paramLabel = "OUT.png|OUT.svg",
            description = "draw the distribution of the lower bound p_A of the true class's probability")
    private @Nullable Path plotBounds;

    @Option(
            names = "--table",
            paramLabel = "N",
            description = "set the files beside the rows of Table N (1 to 7) of the CAT-RS paper that they are named "
                    + "after, such as sigma-0.50-cat-rs.tsv; a plot then shows the paper's numbers as points")
    private @Nullable Integer table;

    @Option(
            names = "--trade-off",
            paramLabel = "R",
            description = "with --table, --plot draws certified accuracy at radius R against that at radius 0, a line "
                    + "for each method")
    private @Nullable Double tradeOff;

    @Option(
            names = "--html",
            paramLabel = "OUT.html",
            description =
                    "write one page that needs no network: curves, tables, the distribution of p_A, what the files"
                            + " are of, and, with --training, how trainings went")
    private @Nullable Path html;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "with --html, the folder that holds the data sets' files: the page then shows the hardest and"
                    + " the easiest images. Reads the whole data set once to know that it is the files'")
    private @Nullable Path data;

    @Option(names = "--markdown", description = "print the table as Markdown")
    private boolean markdown;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        if (html != null) {
            writePage(html);
            return;
        }
        if (data != null) {
            throw new ParameterException(spec.commandLine(), "--data needs --html F");
        }
        if (files.isEmpty() == trainings.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "report needs evaluation files, or --training DIR, and not both without --html");
        }
        if (tradeOff != null && (table == null || plot == null)) {
            throw new ParameterException(spec.commandLine(), "--trade-off needs --table N and --plot F");
        }
        if (plotBounds != null && (table != null || files.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(), "--plot-bounds needs evaluation files, and goes without --table");
        }
        if (results != null && (table != null || plot != null || plotBounds != null || files.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(), "--results needs evaluation files, and goes without --table and plots");
        }
        if (results == null && !published.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--published needs --results DIR");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (results != null) {
            ResultTable lines = ResultTable.of(files, results, published);
            out.println(markdown ? lines.toMarkdown() : lines.toText());
        } else if (table != null) {
            compare(PaperComparison.of(table, files), out);
        } else if (files.isEmpty()) {
            show(TrainingCurves.of(trainings), out);
        } else {
            summarize(Report.of(files), out);
        }
        out.flush();
    }

    private void writePage(Path file) {
        if (files.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--html needs evaluation files");
        }
        if (results != null || table != null || plot != null || plotBounds != null || markdown) {
            throw new ParameterException(
                    spec.commandLine(), "--html goes without --results, --table, --plot, --plot-bounds and --markdown");
        }
        TrainingCurves curves = trainings.isEmpty() ? null : TrainingCurves.of(trainings);
        new HtmlReport(files, curves, data).write(file);
        spec.commandLine().getOut().println(file);
        spec.commandLine().getOut().flush();
    }

    private void show(TrainingCurves curves, PrintWriter out) {
        out.print(curves.toText());
        if (plot != null) {
            curves.plot(plot);
            out.println("plot: " + plot);
        }
    }

    private void summarize(Report report, PrintWriter out) {
        out.println(markdown ? report.toMarkdown() : report.toText());
        if (plot != null) {
            report.plot(plot);
            out.println("plot: " + plot);
        }
        if (plotBounds != null) {
            report.plotBounds(plotBounds);
            out.println("plot: " + plotBounds);
        }
    }

    private void compare(PaperComparison comparison, PrintWriter out) {
        out.println(markdown ? comparison.toMarkdown() : comparison.toText());
        if (plot == null) {
            return;
        }
        if (tradeOff == null) {
            comparison.plot(plot);
        } else {
            comparison.plotTradeOff(tradeOff, plot);
        }
        out.println("plot: " + plot);
    }
}
