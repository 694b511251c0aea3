// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.catrs.console.ServiceLog;
import org.catrs.program.settings.SettingsOptions;
import org.catrs.trainer.jobs.TrainerConfig;
import org.catrs.trainer.jobs.TrainerService;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** Runs the trainer service. */
@Command(
        name = "trainer",
        description = "Trains the models that jobs on a Kafka topic order, until it is stopped (SIGTERM or Ctrl-C).",
        footer = {
            "",
            "Each option is also a setting of the file (http.port) and of the environment (CATRS_HTTP_PORT); the command"
                    + " line overrides the file, and the file the environment. File and environment may give any"
                    + " setting of Kafka's clients, too, such as security.protocol (KAFKA_SECURITY_PROTOCOL)."
                    + " 'deploy/catrs config trainer' lists all settings.",
            "A job is a record of training-jobs whose key is its id: {\"id\": \"j1\", \"model\": \"digits\","
                    + " \"dataset\": \"digits\", \"hyperparameters\": {\"method\": \"cat-rs\", \"sigma\": \"0.5\"}}. A"
                    + " record with its key and without a value cancels it.",
            "Logs are JSON lines on standard output. Metrics are at /metrics, health at /health/live and /health/ready."
        },
        sortOptions = false,
        modelTransformer = TrainerCommand.Options.class,
        mixinStandardHelpOptions = true)
public final class TrainerCommand implements Callable<Integer> {
    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    /** Gives the command an option for each of the trainer's settings. */
    static final class Options implements IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec command) {
            return TrainerConfig.declarations().addOptionsTo(command);
        }
    }

    @Override
    public Integer call() {
        ServiceLog.begin();
        TrainerConfig config = settings.read(TrainerConfig.declarations(), TrainerConfig::of);
        Path data = config.data();
        return TrainerService.start(config, job -> JobArguments.read(job, data)).runUntilStopped();
    }
}
