// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.catrs.certifier.stream.service.CertifierService;
import org.catrs.certifier.stream.settings.CertifierConfig;
import org.catrs.console.ServiceLog;
import org.catrs.program.settings.Environment;
import org.catrs.program.settings.Given;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Option(names = "--config", paramLabel = "F", description = "settings, as a Java properties file")
    private @Nullable Path file;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

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
        return CertifierService.start(config()).runUntilStopped();
    }

    private CertifierConfig config() {
        Given given = CertifierConfig.declarations()
                .given(spec.commandLine().getParseResult(), file, Environment.ofProcess());
        CertifierConfig config = given.read(spec.commandLine(), CertifierConfig::of);
        given.unknownVariables().forEach(name -> LOG.warn("the environment variable {} is no setting", name));
        return config;
    }
}
