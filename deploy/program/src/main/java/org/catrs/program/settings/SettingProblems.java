// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.catrs.schemas.InvalidDataException;

/** What is wrong with the properties of a service, gathered so that a person learns all of it at once. */
public final class SettingProblems {
    private final ConfigDef definition;
    private final Map<String, String> properties;
    private final List<String> problems = new ArrayList<>();

    /** Begins with what is missing or out of range by the definition of the service's own settings. */
    public SettingProblems(ConfigDef definition, Map<String, String> properties) {
        this.definition = definition;
        this.properties = Map.copyOf(properties);
        problems.addAll(found(definition, properties));
    }

    /** What is missing or out of range by a definition: for each setting one sentence. */
    public static List<String> found(ConfigDef definition, Map<String, String> properties) {
        // A value that cannot be parsed is checked as null by Kafka, which says so behind what is wrong.
        return definition.validate(properties).stream()
                .flatMap(value -> value.errorMessages().stream().limit(1))
                .toList();
    }

    /** Adds what else was found. */
    public SettingProblems with(Collection<String> found) {
        problems.addAll(found);
        return this;
    }

    /** Adds the topics that have the name of another. */
    public SettingProblems withEqualTopics(List<String> keys) {
        Set<String> seen = new HashSet<>();
        for (String key : keys) {
            String topic = properties.getOrDefault(
                    key, (String) definition.defaultValues().get(key));
            if (!seen.add(topic)) {
                problems.add("Invalid value " + topic + " for configuration " + key
                        + ": another topic has this name already");
            }
        }
        return this;
    }

    /**
     * The values of the service's own settings, where nothing is wrong.
     *
     * @throws InvalidDataException when something is; the message lists all of it
     */
    public AbstractConfig orConfig() {
        if (!problems.isEmpty()) {
            throw new InvalidDataException("the configuration cannot be used:" + System.lineSeparator() + "  "
                    + String.join(System.lineSeparator() + "  ", problems));
        }
        return new AbstractConfig(definition, properties, false);
    }
}
