// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.cli;

import java.util.Map;
import org.catrs.program.settings.ConfigurationPage;
import org.catrs.program.terminal.PageCommand;
import org.catrs.trainer.jobs.TrainerConfig;
import picocli.CommandLine.Command;

/** Prints the reference of the configuration. */
@Command(
        name = "config",
        description = "Prints the settings of a service: deploy/catrs config certifier, deploy/catrs config trainer.",
        mixinStandardHelpOptions = true)
public final class TrainerConfigCommand extends PageCommand {
    public TrainerConfigCommand() {
        super(
                Map.of(
                        "trainer",
                        ConfigurationPage.of(
                                "trainer",
                                TrainerConfig.declarations(),
                                "All are of `trainer`; what is trained, and how, is in the jobs.",
                                "Any setting of Kafka's consumers, producers and admin clients may be given, too, also for one of"
                                        + " them alone, such as `consumer.fetch.max.bytes`.")),
                "certifier");
    }
}
