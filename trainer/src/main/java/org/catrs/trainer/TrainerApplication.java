// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer;

import java.util.ArrayList;
import java.util.List;
import org.catrs.program.terminal.Terminal;
import org.catrs.trainer.cli.PresetsCommand;
import org.catrs.trainer.cli.TrainCommand;
import org.catrs.trainer.cli.TrainerCommand;
import org.catrs.trainer.cli.TrainerConfigCommand;
import org.catrs.trainer.preset.PresetArguments;
import picocli.CommandLine.Command;

/** The trainer's command line. */
@Command(
        name = "catrs",
        description = "Trains classifiers that certify well.",
        mixinStandardHelpOptions = true,
        subcommands = {TrainCommand.class, PresetsCommand.class, TrainerCommand.class, TrainerConfigCommand.class})
public final class TrainerApplication {
    private TrainerApplication() {}

    public static void main(String[] arguments) {
        System.exit(Terminal.run(new TrainerApplication(), withPreset(List.of(arguments))));
    }

    /** {@code train --preset list} is a command of its own. */
    private static String[] withPreset(List<String> arguments) {
        if (arguments.equals(List.of("train", "--preset", "list"))) {
            return new String[] {"presets"};
        }
        List<String> all = new ArrayList<>(arguments.subList(0, Math.min(1, arguments.size())));
        all.addAll(PresetArguments.expand(arguments.subList(all.size(), arguments.size())));
        return all.toArray(String[]::new);
    }
}
