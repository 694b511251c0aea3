// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Options of a command that are the settings of its service, in the settings' own words. */
public final class SettingOptions {
    private final List<OptionSpec> options = new ArrayList<>();
    private final Map<String, String> keys = new LinkedHashMap<>();

    /**
     * Adds options for settings.
     *
     * @param shortName what of a setting's name becomes the option's; dots become dashes
     */
    public SettingOptions with(Collection<ConfigKey> settings, UnaryOperator<String> shortName) {
        for (ConfigKey setting : settings) {
            String range = setting.validator == null ? "" : "; " + setting.validator;
            String standard = setting.hasDefault() && setting.defaultValue != null
                    ? " (default: " + setting.defaultValue + range + ")"
                    : "";
            String label =
                    setting.name.substring(setting.name.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
            String name = "--" + shortName.apply(setting.name).replace('.', '-');
            with(name, label, setting.name, setting.documentation + standard);
        }
        return this;
    }

    /** Adds an option for one setting. */
    public SettingOptions with(String option, String label, String key, String description) {
        keys.put(option, key);
        options.add(OptionSpec.builder(option)
                .type(String.class)
                .paramLabel(label)
                .description(description.replace("%", "%%"))
                .build());
        return this;
    }

    /** Gives these options to a command. */
    public CommandSpec addTo(CommandSpec command) {
        options.forEach(command::addOption);
        return command;
    }

    /** The settings that a command line gives, by their keys. */
    public Map<String, String> given(ParseResult commandLine) {
        Map<String, String> given = new TreeMap<>();
        keys.forEach((option, key) -> {
            if (commandLine.hasMatchedOption(option)) {
                given.put(key, commandLine.matchedOptionValue(option, ""));
            }
        });
        return given;
    }
}
