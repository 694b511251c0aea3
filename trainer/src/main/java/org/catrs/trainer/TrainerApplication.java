// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer;

import org.catrs.schemas.terminal.Terminal;
import picocli.CommandLine.Command;

/** The trainer's command line. */
@Command(
        name = "catrs",
        description = "Trains classifiers that certify well.",
        mixinStandardHelpOptions = true,
        subcommands = TrainCommand.class)
public final class TrainerApplication {
    private TrainerApplication() {}

    public static void main(String[] arguments) {
        System.exit(Terminal.run(new TrainerApplication(), arguments));
    }
}
