// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.util.Map;
import org.catrs.certifier.stream.settings.CertifierConfig;
import org.catrs.program.settings.ConfigurationPage;
import org.catrs.program.terminal.PageCommand;
import picocli.CommandLine.Command;

/** Prints the reference of the configuration. */
@Command(
        name = "config",
        description = "Prints the settings of a service: deploy/catrs config certifier, deploy/catrs config trainer.",
        mixinStandardHelpOptions = true)
public final class CertifierConfigCommand extends PageCommand {
    public CertifierConfigCommand() {
        super(
                Map.of(
                        "certifier",
                        ConfigurationPage.of(
                                "certifier",
                                CertifierConfig.declarations(),
                                "All are of `serve`; `certify` and `evaluate` have those from `model` to `deadline`, on the"
                                        + " command line and in the environment.",
                                "Any setting of Kafka Streams and its clients may be given, too, also with Kafka's prefixes, such"
                                        + " as `main.consumer.fetch.max.bytes`.")),
                "trainer");
    }
}
