// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.streams.StreamsConfig;
import org.catrs.certifier.service.CertifierConfig;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Gives a command an option for each of the certifier's settings, with the setting's own words. */
final class SettingOptions implements IModelTransformer {
    private static final Map<String, String> KAFKA_OPTIONS = Map.of(
            "--bootstrap-server", CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
            "--application-id", StreamsConfig.APPLICATION_ID_CONFIG);

    @Override
    public CommandSpec transform(CommandSpec command) {
        command.addOption(option("--bootstrap-server", "H:P", "address of the brokers"));
        CertifierConfig.settings().forEach(setting -> command.addOption(option(setting)));
        command.addOption(option(
                "--application-id",
                "ID",
                "name that the instances which share the work have in common (default: "
                        + CertifierConfig.DEFAULT_APPLICATION_ID + ")"));
        return command;
    }

    /** The settings that a command line gives, by their keys. */
    static Map<String, String> given(ParseResult commandLine) {
        Map<String, String> given = new TreeMap<>();
        for (ConfigKey setting : CertifierConfig.settings()) {
            putIfGiven(commandLine, optionName(setting), setting.name, given);
        }
        KAFKA_OPTIONS.forEach((option, key) -> putIfGiven(commandLine, option, key, given));
        return given;
    }

    private static void putIfGiven(ParseResult commandLine, String option, String key, Map<String, String> given) {
        if (commandLine.hasMatchedOption(option)) {
            given.put(key, commandLine.matchedOptionValue(option, ""));
        }
    }

    private static OptionSpec option(ConfigKey setting) {
        String range = setting.validator == null ? "" : "; " + setting.validator;
        String standard = setting.hasDefault() && setting.defaultValue != null
                ? " (default: " + setting.defaultValue + range + ")"
                : "";
        String label = setting.name.substring(setting.name.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
        return option(optionName(setting), label, setting.documentation + standard);
    }

    private static OptionSpec option(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .description(description.replace("%", "%%"))
                .build();
    }

    /** Short where other commands have the same option. */
    private static String optionName(ConfigKey setting) {
        return "--"
                + setting.name
                        .replaceFirst("^(model|inference|execution)\\.", "")
                        .replace('.', '-');
    }
}
