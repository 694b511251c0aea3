// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.reproduce;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.catrs.local.process.ChildProcess;
import org.catrs.local.process.FrontDoor;
import org.catrs.local.process.RunningParts;
import org.catrs.local.process.StepFailedException;
import org.catrs.schemas.paper.PaperRow;

/**
 * Does rows of a table of the paper again, by the commands that a user would give for each: train, evaluate, report.
 * What is finished is not done again, and what was interrupted goes on.
 */
final class Reproduction {
    /** Figure 5 of the paper shows the accuracy at this radius for sigma = 1; other tables show it at twice sigma. */
    private static final double TRADE_OFF_RADIUS_PER_SIGMA = 2;

    private final ReproductionPlan plan;
    private final ReproductionFolder folder;
    private final FrontDoor frontDoor;
    private final String shownCommand;
    private final PrintStream out;
    private final RunningParts parts = new RunningParts();

    /** @param shownCommand the command line that the user gave, for the results' heading */
    Reproduction(
            ReproductionPlan plan,
            ReproductionFolder folder,
            FrontDoor frontDoor,
            String shownCommand,
            PrintStream out) {
        this.plan = plan;
        this.folder = folder;
        this.frontDoor = frontDoor;
        this.shownCommand = shownCommand;
        this.out = out;
    }

    /**
     * Does the plan's rows and writes the table beside the paper's.
     *
     * @throws StepFailedException if one of the commands fails
     * @throws CancellationException if this process is being interrupted
     */
    void run() {
        List<PaperRow> rows = plan.rows();
        rows.forEach(row -> folder.claim(row, plan.settings(row)));
        for (int index = 0; index < rows.size(); index++) {
            PaperRow row = rows.get(index);
            out.printf("%n[%d/%d] sigma %s, %s%n", index + 1, rows.size(), row.sigma(), row.setup());
            if (folder.isFinished(row)) {
                out.println("finished earlier: " + folder.evaluation(row));
            } else {
                train(row);
                visible(plan.evaluate(row, folder.model(row), folder.evaluation(row)));
                folder.finish(row);
            }
        }
        writeTable(rows);
    }

    private void train(PaperRow row) {
        if (folder.isTrained(row)) {
            out.println("trained earlier: " + folder.model(row));
        } else {
            visible(plan.train(row, folder.model(row), folder.isBegun(row)));
        }
    }

    private void writeTable(List<PaperRow> rows) {
        StringBuilder markdown = new StringBuilder("# Table " + plan.table().number()
                + " of \"Confidence-aware Training of Smoothed Classifiers for Certified Robustness\", done again\n\n"
                + "By `" + shownCommand + "`; what each row was trained by is in its folder's model.json.\n");
        for (String sigma : rows.stream().map(PaperRow::sigma).distinct().toList()) {
            List<PaperRow> group =
                    rows.stream().filter(row -> row.sigma().equals(sigma)).toList();
            out.println();
            List<Path> plots = plots(group, sigma);
            markdown.append("\n## sigma ")
                    .append(sigma)
                    .append("\n\n")
                    .append(markdown(group))
                    .append('\n');
            plots.forEach(
                    plot -> markdown.append("\n![](").append(plot.getFileName()).append(")\n"));
        }
        Path table = folder.table(plan.table().number());
        ReproductionFolder.write(table, markdown.toString());
        out.println("\n" + table);
    }

    /** Prints the rows, and draws their curves and, where a method has several settings, their trade-off. */
    private List<Path> plots(List<PaperRow> rows, String sigma) {
        int number = plan.table().number();
        Path curves = folder.plot(number, "sigma-" + sigma);
        visible(report(rows, "--plot", curves.toString()));
        double radius = TRADE_OFF_RADIUS_PER_SIGMA * Double.parseDouble(sigma);
        if (!variesSettings(rows) || !plan.table().radii().contains(radius)) {
            return List.of(curves);
        }
        Path tradeOff = folder.plot(number, "sigma-" + sigma + "-trade-off");
        logged(report(rows, "--trade-off", Double.toString(radius), "--plot", tradeOff.toString()));
        return List.of(curves, tradeOff);
    }

    /** Whether a method has several settings; its ablations are none, there is no line from one to the next. */
    private static boolean variesSettings(List<PaperRow> rows) {
        List<String> methods = rows.stream()
                .filter(row -> !row.overrides().contains("--ablation"))
                .map(PaperRow::method)
                .toList();
        return Set.copyOf(methods).size() < methods.size();
    }

    private List<String> report(List<PaperRow> rows, String... options) {
        List<String> command = new ArrayList<>(List.of("report"));
        rows.forEach(row -> command.add(folder.evaluation(row).toString()));
        command.addAll(List.of("--table", Integer.toString(plan.table().number())));
        command.addAll(List.of(options));
        return command;
    }

    private String markdown(List<PaperRow> rows) {
        return logged(report(rows, "--markdown"));
    }

    /** What a command prints, which the user does not see. */
    private String logged(List<String> command) {
        Path file = folder.path().resolve(command.get(0) + ".log");
        await(ChildProcess.logging(command.get(0), frontDoor.guarded(command), file));
        try {
            String printed = Files.readString(file);
            Files.delete(file);
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void visible(List<String> command) {
        await(ChildProcess.visible(command.get(0), frontDoor.guarded(command)));
    }

    private void await(ChildProcess child) {
        parts.add(child::close);
        int exitCode = child.process().onExit().join().exitValue();
        if (parts.isStopped()) {
            throw new CancellationException();
        }
        if (exitCode != 0) {
            throw new StepFailedException(child.name() + " ended with exit code " + exitCode
                    + "; what it printed is above. The same command goes on from here.");
        }
    }
}
