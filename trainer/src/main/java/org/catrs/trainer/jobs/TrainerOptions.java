// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.catrs.program.settings.SettingOptions;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Gives the trainer command an option for each of the trainer's settings. */
public final class TrainerOptions implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec command) {
        return options().addTo(command);
    }

    /** The settings that a command line gives, by their keys. */
    public static Map<String, String> given(ParseResult commandLine) {
        return options().given(commandLine);
    }

    private static SettingOptions options() {
        return new SettingOptions()
                .with(
                        "--bootstrap-server",
                        "H:P",
                        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                        "address of the brokers")
                .with(TrainerConfig.settings(), name -> name)
                .with(
                        "--group-id",
                        "ID",
                        CommonClientConfigs.GROUP_ID_CONFIG,
                        "name that the instances which share the work have in common (default: "
                                + TrainerConfig.DEFAULT_GROUP + ")");
    }
}
