// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.util.concurrent.Callable;
import org.catrs.certifier.stream.service.CertifierService;
import org.catrs.certifier.stream.settings.CertifierConfig;
import org.catrs.console.ServiceLog;
import org.catrs.program.settings.SettingsOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** Runs the certifier service. */
@Command(
        name = "serve",
        description = "Certifies the images of a Kafka topic until it is stopped (SIGTERM or Ctrl-C).",
        footer = {
            "",
            "Each option is also a setting of the file (http.port) and of the environment (CATRS_HTTP_PORT); the command"
                    + " line overrides the file, and the file the environment. File and environment may give any"
                    + " setting of Kafka Streams and its clients, too, such as security.protocol"
                    + " (KAFKA_SECURITY_PROTOCOL). 'deploy/catrs config certifier' lists all settings.",
            "Logs are JSON lines on standard output. Metrics are at /metrics, health at /health/live and /health/ready."
        },
        sortOptions = false,
        modelTransformer = ServeCommand.Options.class,
        mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    /** Gives the command an option for each of the certifier's settings. */
    static final class Options implements IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec command) {
            return CertifierConfig.declarations().addOptionsTo(command);
        }
    }

    @Override
    public Integer call() {
        ServiceLog.begin();
        return CertifierService.start(settings.read(CertifierConfig.declarations(), CertifierConfig::of))
                .runUntilStopped();
    }
}
