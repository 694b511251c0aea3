// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.reproduce;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.catrs.local.process.FrontDoor;
import org.catrs.local.process.StepFailedException;
import org.catrs.schemas.paper.PaperTable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command that does the paper's tables again. */
@Command(
        name = "reproduce",
        description =
                "Trains and evaluates the rows of a table of the CAT-RS paper, and prints them beside the paper's."
                        + " Run again with the same options, it goes on where it was interrupted.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ReproduceCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--table",
            required = true,
            paramLabel = "N",
            description = "1: MNIST, 2: CIFAR-10, 3: loss design, 4: trade-off (Figure 5), 5: p0, 6: lambda, 7: M.")
    private int table;

    @Option(names = "--sigma", paramLabel = "S", description = "Only the rows of this noise.")
    private @Nullable Double sigma;

    @Option(names = "--methods", split = ",", paramLabel = "A", description = "Only the rows of these methods.")
    private Set<String> methods = Set.of();

    @Option(
            names = "--epochs",
            paramLabel = "E",
            description = "Passes over the training images, by which the whole schedule is rescaled; the paper's 150"
                    + " where none is given.")
    private @Nullable Double epochs;

    @Option(
            names = "--fast",
            description = "Trains by the fast presets (few epochs of a one-cycle schedule) instead of the paper's.")
    private boolean fast;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "0",
            description = "Seed of the training; ${DEFAULT-VALUE} where none is given.")
    private long seed;

    @Option(
            names = "--skip",
            paramLabel = "K",
            defaultValue = "1",
            description = "Certifies each K-th test image; all where none is given.")
    private int skip;

    @Option(names = "--max", paramLabel = "N", description = "Certifies at most so many test images.")
    private @Nullable Integer max;

    @Option(
            names = "--n",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Noise samples for each certificate; ${DEFAULT-VALUE}, as the paper, where none is given.")
    private long n;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder that holds the data set, or its parent; CATRS_DATA where none is given.")
    private @Nullable Path data;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where models, evaluations, the table and the plots go; catrs-table-N where none is given.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        require(skip > 0, "--skip needs a number above 0, not " + skip);
        require(n > 0, "--n needs a number above 0, not " + n);
        require(max == null || max > 0, "--max needs a number above 0, not " + max);
        require(epochs == null || epochs > 0, "--epochs needs a number above 0, not " + epochs);
        ReproductionPlan plan =
                new ReproductionPlan(PaperTable.of(table), sigma, methods, fast, epochs, seed, skip, max, n, data);
        Path folder = out == null ? Path.of("catrs-table-" + table) : out;
        try {
            new Reproduction(
                            plan, new ReproductionFolder(folder), FrontDoor.ofThisProcess(), shownCommand(), System.out)
                    .run();
            return ExitCode.OK;
        } catch (StepFailedException e) {
            System.err.println("error: " + e.getMessage());
        } catch (CancellationException e) {
            System.err.println("stopped; the same command goes on from here");
        }
        return ExitCode.SOFTWARE;
    }

    private String shownCommand() {
        List<String> given = spec.root().commandLine().getParseResult().originalArgs();
        return "deploy/catrs " + String.join(" ", given);
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
