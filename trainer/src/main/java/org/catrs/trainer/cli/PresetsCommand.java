// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.cli;

import java.io.PrintWriter;
import java.util.Objects;
import org.catrs.trainer.preset.Preset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the presets of the train command. */
@Command(
        name = "presets",
        description = "Lists the presets of the train command; train --preset list does the same.",
        mixinStandardHelpOptions = true)
public final class PresetsCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out =
                Objects.requireNonNull(spec, "set by picocli").commandLine().getOut();
        Preset.names().forEach(out::println);
        out.flush();
    }
}
