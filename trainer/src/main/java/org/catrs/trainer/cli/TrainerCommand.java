// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.catrs.console.ServiceLog;
import org.catrs.program.settings.PropertiesFile;
import org.catrs.schemas.InvalidDataException;
import org.catrs.trainer.jobs.TrainerConfig;
import org.catrs.trainer.jobs.TrainerOptions;
import org.catrs.trainer.jobs.TrainerService;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the trainer service. */
@Command(
        name = "trainer",
        description = "Trains the models that jobs on a Kafka topic order, until it is stopped (SIGTERM or Ctrl-C).",
        footer = {
            "",
            "Each option is also a setting of the file, with dots for dashes (http.port), and overrides it there. The"
                    + " file may hold any setting of Kafka's clients, too, such as security.protocol or group.id.",
            "A job is a record of training-jobs whose key is its id: {\"id\": \"j1\", \"model\": \"digits\","
                    + " \"dataset\": \"digits\", \"hyperparameters\": {\"method\": \"cat-rs\", \"sigma\": \"0.5\"}}. A"
                    + " record with its key and without a value cancels it.",
            "Logs are JSON lines on standard output. Metrics are at /metrics, health at /health/live and /health/ready."
        },
        sortOptions = false,
        modelTransformer = TrainerOptions.class,
        mixinStandardHelpOptions = true)
public final class TrainerCommand implements Callable<Integer> {
    @Option(names = "--config", paramLabel = "F", description = "settings, as a Java properties file")
    private @Nullable Path file;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        ServiceLog.begin();
        TrainerConfig config = config();
        Path data = config.data();
        return TrainerService.start(config, job -> JobArguments.read(job, data)).runUntilStopped();
    }

    private TrainerConfig config() {
        Map<String, String> properties = PropertiesFile.read(file);
        properties.putAll(TrainerOptions.given(spec.commandLine().getParseResult()));
        try {
            return TrainerConfig.of(properties);
        } catch (InvalidDataException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
