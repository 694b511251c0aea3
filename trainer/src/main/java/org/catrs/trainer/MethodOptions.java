// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer;

import org.catrs.schemas.InvalidDataException;
import org.catrs.trainer.method.CatRs;
import org.catrs.trainer.method.CatRsParameters;
import org.catrs.trainer.method.GaussianTraining;
import org.catrs.trainer.method.TrainingMethod;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Options that choose and set up the training method; the defaults are the paper's on MNIST. */
final class MethodOptions {
    @Option(
            names = "--method",
            required = true,
            description = "Training method: ${COMPLETION-CANDIDATES}.",
            paramLabel = "METHOD")
    private MethodKind kind = MethodKind.CAT_RS;

    @Option(
            names = "--noises",
            defaultValue = "4",
            description = "cat-rs: noises for each image of a step, M (default: ${DEFAULT-VALUE}).",
            paramLabel = "M")
    private int noises;

    @Option(
            names = "--lambda",
            defaultValue = "1",
            description = "cat-rs: weight of the worst-case loss (default: ${DEFAULT-VALUE}).",
            paramLabel = "WEIGHT")
    private double lambda;

    @Option(
            names = "--p0",
            defaultValue = "0.2",
            description = "cat-rs: probability of the right class that is asked of noises beyond the easiest K, above 0"
                    + " and at most 1 (default: ${DEFAULT-VALUE}).",
            paramLabel = "P")
    private double p0;

    @Option(
            names = "--epsilon",
            defaultValue = "1",
            description = "cat-rs: L2 radius in which the worst noise is searched, in units of pixels scaled to [0, 1]"
                    + " (default: ${DEFAULT-VALUE}).",
            paramLabel = "RADIUS")
    private double epsilon;

    @Option(
            names = "--pgd-steps",
            defaultValue = "4",
            description = "cat-rs: steps of that search, T (default: ${DEFAULT-VALUE}).",
            paramLabel = "T")
    private int pgdSteps;

    /** Name of the method. */
    String name() {
        return kind.toString();
    }

    /**
     * The method that was chosen.
     *
     * @throws InvalidDataException when an option is out of its range, or is given and the method does not read it
     */
    TrainingMethod method(ParseResult given) {
        for (MethodKind other : MethodKind.values()) {
            for (String option : other.options()) {
                if (given.hasMatchedOption(option) && !kind.options().contains(option)) {
                    throw new InvalidDataException(option + " is not an option of --method " + kind);
                }
            }
        }
        return switch (kind) {
            case GAUSSIAN -> new GaussianTraining();
            case CAT_RS -> new CatRs(new CatRsParameters(noises, lambda, p0, epsilon, pgdSteps));
        };
    }
}
