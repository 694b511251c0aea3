// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.catrs.certifier.evaluation.PaperComparison;
import org.catrs.certifier.evaluation.Report;
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
        description = "Summarizes evaluation files side by side: average certified radius (ACR), abstention rate and "
                + "certified accuracy at radii 0.00, 0.25 and so on.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Runnable {
    @Parameters(
            arity = "1..*",
            paramLabel = "F.tsv",
            description = "files that 'evaluate' or 'watch --out' wrote, or published ones of six columns")
    private List<Path> files = List.of();

    @Option(names = "--plot", paramLabel = "OUT.png|OUT.svg", description = "draw certified accuracy against radius")
    private @Nullable Path plot;

    @Option(
            names = "--table",
            paramLabel = "N",
            description = "set the files beside the rows of Table N (1 to 7) of the CAT-RS paper that they are named "
                    + "after, such as sigma-0.50-cat-rs.tsv; a plot then shows the paper's numbers as points")
    private @Nullable Integer table;

    @Option(
            names = "--trade-off",
            arity = "2",
            paramLabel = "R OUT.png|OUT.svg",
            description = "with --table: draw certified accuracy at radius R against that at radius 0, a line for each "
                    + "method")
    private List<String> tradeOff = List.of();

    @Option(names = "--markdown", description = "print the table as Markdown")
    private boolean markdown;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        if (table != null) {
            compare(PaperComparison.of(table, files), out);
        } else if (!tradeOff.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--trade-off needs --table N");
        } else {
            summarize(Report.of(files), out);
        }
        out.flush();
    }

    private void summarize(Report report, PrintWriter out) {
        out.println(markdown ? report.toMarkdown() : report.toText());
        if (plot != null) {
            report.plot(plot);
            out.println("plot: " + plot);
        }
    }

    private void compare(PaperComparison comparison, PrintWriter out) {
        out.println(markdown ? comparison.toMarkdown() : comparison.toText());
        if (plot != null) {
            comparison.plot(plot);
            out.println("plot: " + plot);
        }
        if (!tradeOff.isEmpty()) {
            comparison.plotTradeOff(radius(tradeOff.get(0)), Path.of(tradeOff.get(1)));
            out.println("plot: " + tradeOff.get(1));
        }
    }

    private double radius(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException exception) {
            throw new ParameterException(
                    spec.commandLine(), "--trade-off takes a radius and a file, found " + text, exception);
        }
    }
}
