// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.options;

import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.streams.StreamsConfig;
import org.catrs.certifier.stream.settings.CertifierConfig;
import org.catrs.program.settings.SettingOptions;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Gives the serve command an option for each of the certifier's settings. */
public final class ServeOptions implements IModelTransformer {
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
                .with(CertifierConfig.settings(), ServeOptions::shortName)
                .with(
                        "--application-id",
                        "ID",
                        StreamsConfig.APPLICATION_ID_CONFIG,
                        "name that the instances which share the work have in common (default: "
                                + CertifierConfig.DEFAULT_APPLICATION_ID + ")");
    }

    /** Short where other commands have the same option. */
    private static String shortName(String setting) {
        return setting.replaceFirst("^(model|inference|execution)\\.", "");
    }
}
