// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier;

import org.catrs.certifier.cli.AdoptCommand;
import org.catrs.certifier.cli.BaselineCommand;
import org.catrs.certifier.cli.CertifierConfigCommand;
import org.catrs.certifier.cli.CertifyCommand;
import org.catrs.certifier.cli.EvaluateCommand;
import org.catrs.certifier.cli.KeysCommand;
import org.catrs.certifier.cli.ModelsCommand;
import org.catrs.certifier.cli.PublishCommand;
import org.catrs.certifier.cli.QuantizeCommand;
import org.catrs.certifier.cli.ReferenceCommand;
import org.catrs.certifier.cli.ReplayCommand;
import org.catrs.certifier.cli.ReportCommand;
import org.catrs.certifier.cli.ServeCommand;
import org.catrs.certifier.cli.WatchCommand;
import org.catrs.program.terminal.Terminal;
import picocli.CommandLine.Command;

/** The certifier's command line. */
@Command(
        name = "catrs",
        description = "Certifies images.",
        mixinStandardHelpOptions = true,
        subcommands = {
            AdoptCommand.class,
            BaselineCommand.class,
            CertifyCommand.class,
            CertifierConfigCommand.class,
            EvaluateCommand.class,
            ReferenceCommand.class,
            KeysCommand.class,
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
