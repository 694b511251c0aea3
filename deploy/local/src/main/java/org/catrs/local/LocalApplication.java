// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local;

import org.catrs.local.broker.BrokerCommand;
import org.catrs.local.demo.DemoCommand;
import org.catrs.local.reproduce.ReproduceCommand;
import org.catrs.program.terminal.Terminal;
import picocli.CommandLine.Command;

/** The command line of what runs other commands on this machine, and of the broker. */
@Command(
        name = "catrs",
        description = "Runs catrs on one machine.",
        mixinStandardHelpOptions = true,
        subcommands = {BrokerCommand.class, DemoCommand.class, ReproduceCommand.class})
public final class LocalApplication {
    private LocalApplication() {}

    public static void main(String[] arguments) {
        System.exit(Terminal.run(new LocalApplication(), arguments));
    }
}
