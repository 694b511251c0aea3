// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier;

import org.catrs.certifier.commands.CertifyCommand;
import org.catrs.certifier.commands.EvaluateCommand;
import org.catrs.certifier.commands.ModelsCommand;
import org.catrs.certifier.commands.PublishCommand;
import org.catrs.certifier.commands.QuantizeCommand;
import org.catrs.certifier.commands.ReplayCommand;
import org.catrs.certifier.commands.ReportCommand;
import org.catrs.certifier.commands.ServeCommand;
import org.catrs.certifier.commands.WatchCommand;
import org.catrs.schemas.terminal.Terminal;
import picocli.CommandLine.Command;

/** The certifier's command line. */
@Command(
        name = "catrs",
        description = "Certifies images.",
        mixinStandardHelpOptions = true,
        subcommands = {
            CertifyCommand.class,
            EvaluateCommand.class,
            ModelsCommand.class,
            PublishCommand.class,
            QuantizeCommand.class,
            ReplayCommand.class,
            ReportCommand.class,
            ServeCommand.class,
            WatchCommand.class
        })
public final class CertifierApplication {
    private CertifierApplication() {}

    public static void main(String[] arguments) {
        System.exit(Terminal.run(new CertifierApplication(), arguments));
    }
}
