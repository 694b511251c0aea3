// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.options;

import org.catrs.schemas.dataset.Split;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which of the images a command takes; mixed into commands that take many. */
public final class SelectionOptions {
    @Mixin
    private SplitOption split = new SplitOption();

    @Option(
            names = "--skip",
            paramLabel = "K",
            defaultValue = "1",
            description = "take each K-th image (default: ${DEFAULT-VALUE})")
    private int skip;

    @Option(names = "--max", paramLabel = "N", description = "take at most N images (default: all)")
    private int max = Integer.MAX_VALUE;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    /** Part of a data set. */
    public Split split() {
        return split.split();
    }

    /**
     * The distance from an image that is taken to the next.
     *
     * @throws ParameterException when it is below 1
     */
    public int skip() {
        return atLeastOne("--skip", skip);
    }

    /**
     * How many images are taken.
     *
     * @throws ParameterException when it is below 1
     */
    public int max() {
        return atLeastOne("--max", max);
    }

    private int atLeastOne(String option, int value) {
        if (value < 1) {
            throw new ParameterException(command.commandLine(), option + " must be at least 1, found " + value);
        }
        return value;
    }
}
