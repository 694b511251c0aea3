// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.config.ConfigDef;
import org.catrs.program.terminal.ReferenceTable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * The settings of a program. From this one declaration come the keys of its file, its environment variables, the
 * options of its commands, and its documentation.
 */
public final class Declarations {
    static final List<String> HEADER =
            List.of("Key", "Type", "Default", "Range", "Importance", "Environment variable", "Option", "Meaning");

    private final List<Setting> all = new ArrayList<>();
    private final Predicate<String> isKafkas;

    /**
     * Declares settings.
     *
     * @param own the program's own
     * @param kafka those of Kafka that have an option
     * @param optionName what a key is called on the command line, before dashes take the place of its dots
     * @param isKafkas whether Kafka has a setting of a name
     */
    public Declarations(ConfigDef own, ConfigDef kafka, UnaryOperator<String> optionName, Predicate<String> isKafkas) {
        this.isKafkas = isKafkas;
        kafka.configKeys()
                .forEach((key, setting) ->
                        all.add(new Setting(setting, option(optionName.apply(key)), Environment.kafkas(key))));
        own.configKeys()
                .forEach((key, setting) ->
                        all.add(new Setting(setting, option(optionName.apply(key)), Environment.own(key))));
    }

    private static String option(String name) {
        return "--" + name.replace('.', '-');
    }

    /** Gives a command an option for each setting. */
    public CommandSpec addOptionsTo(CommandSpec command) {
        all.forEach(setting -> command.addOption(setting.toOption()));
        return command;
    }

    /**
     * What is given: the command line goes before the file, and the file before the environment.
     *
     * @param commandLine of a command that has the options
     * @param file Java properties; null for none
     * @throws org.catrs.schemas.InvalidDataException when the file cannot be read
     */
    public Given given(ParseResult commandLine, @Nullable Path file, Environment environment) {
        Map<String, String> properties = new HashMap<>();
        Map<String, String> origins = new HashMap<>();
        environment.givenOfKafka(isKafkas).forEach((key, value) -> {
            properties.put(key, value);
            origins.put(key, "environment variable " + Environment.kafkas(key));
        });
        environment.given(all).forEach((setting, value) -> {
            properties.put(setting.key(), value);
            origins.put(setting.key(), "environment variable " + setting.variable());
        });
        Map<String, String> inFile = PropertiesFile.read(file);
        properties.putAll(inFile);
        origins.keySet().removeAll(inFile.keySet());
        for (Setting setting : all) {
            if (commandLine.hasMatchedOption(setting.option())) {
                properties.put(setting.key(), commandLine.matchedOptionValue(setting.option(), ""));
                origins.put(setting.key(), "option " + setting.option());
            }
        }
        return new Given(properties, origins, environment.unknown(all));
    }

    /** The settings as a table, those of Kafka first. */
    public ReferenceTable table() {
        return new ReferenceTable(HEADER, all.stream().map(Setting::toRow).toList());
    }
}
