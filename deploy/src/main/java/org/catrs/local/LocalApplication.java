// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local;

import org.catrs.schemas.terminal.Terminal;
import picocli.CommandLine.Command;

/** The command line of what runs on one machine: the broker and the demo. */
@Command(
        name = "catrs",
        description = "Runs catrs on one machine.",
        mixinStandardHelpOptions = true,
        subcommands = {BrokerCommand.class, DemoCommand.class})
public final class LocalApplication {
    private LocalApplication() {}

    public static void main(String[] arguments) {
        System.exit(Terminal.run(new LocalApplication(), arguments));
    }
}
