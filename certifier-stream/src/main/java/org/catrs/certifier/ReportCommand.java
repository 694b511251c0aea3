// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.catrs.certifier.evaluation.Report;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Option(names = "--markdown", description = "print the table as Markdown")
    private boolean markdown;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        Report report = Report.of(files);
        out.println(markdown ? report.toMarkdown() : report.toText());
        if (plot != null) {
            report.plot(plot);
            out.println("plot: " + plot);
        }
        out.flush();
    }
}
