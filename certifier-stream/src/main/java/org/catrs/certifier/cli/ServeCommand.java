// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.catrs.certifier.cli.options.ServeOptions;
import org.catrs.certifier.stream.service.CertifierService;
import org.catrs.certifier.stream.settings.CertifierConfig;
import org.catrs.console.ServiceLog;
import org.catrs.program.settings.PropertiesFile;
import org.catrs.schemas.InvalidDataException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the certifier service. */
@Command(
        name = "serve",
        description = "Certifies the images of a Kafka topic until it is stopped (SIGTERM or Ctrl-C).",
        footer = {
            "",
            "Each option is also a setting of the file, with dots for dashes (http.port), and overrides it there. The"
                    + " file may hold any setting of Kafka Streams and its clients, too, such as security.protocol or"
                    + " num.stream.threads.",
            "Logs are JSON lines on standard output. Metrics are at /metrics, health at /health/live and /health/ready."
        },
        sortOptions = false,
        modelTransformer = ServeOptions.class,
        mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
    @Option(names = "--config", paramLabel = "F", description = "settings, as a Java properties file")
    private @Nullable Path file;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        ServiceLog.begin();
        return CertifierService.start(config()).runUntilStopped();
    }

    private CertifierConfig config() {
        Map<String, String> properties = PropertiesFile.read(file);
        properties.putAll(ServeOptions.given(spec.commandLine().getParseResult()));
        try {
            return CertifierConfig.of(properties);
        } catch (InvalidDataException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
