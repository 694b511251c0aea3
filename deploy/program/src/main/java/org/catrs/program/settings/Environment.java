// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Settings from environment variables: {@code CATRS_} and a key of the program's own, {@code KAFKA_} and a key of
 * Kafka's, in upper case and with underscores for dots. A blank variable gives nothing.
 */
public final class Environment {
    private static final String OWN = "CATRS_";
    private static final String KAFKA = "KAFKA_";

    /** What the start script, data sets, the cache of models and GPU builds are told; no settings of a program. */
    private static final Set<String> OTHERS =
            Set.of("CATRS_DATA", "CATRS_HEAP", "CATRS_COMMIT", "CATRS_CACHE", "CATRS_CUDA_NATIVES");

    private final Map<String, String> variables;

    Environment(Map<String, String> variables) {
        this.variables = new TreeMap<>(variables);
        this.variables.values().removeIf(String::isBlank);
    }

    /** The environment of this process. */
    public static Environment ofProcess() {
        return new Environment(System.getenv());
    }

    /** The variable of a setting of the program's own. */
    static String own(String key) {
        return OWN + variable(key);
    }

    /** The variable of a setting of Kafka's. */
    static String kafkas(String key) {
        return KAFKA + variable(key);
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** The settings among these that are given, with their values. */
    Map<Setting, String> given(List<Setting> settings) {
        Map<Setting, String> given = new HashMap<>();
        for (Setting setting : settings) {
            String value = variables.get(setting.variable());
            if (value != null) {
                given.put(setting, value);
            }
        }
        return given;
    }

    /**
     * Kafka's settings that are given, by their keys.
     *
     * @param isKafkas whether Kafka has a setting of a name; there are {@code KAFKA_OPTS} and the like, too
     */
    public Map<String, String> givenOfKafka(Predicate<String> isKafkas) {
        Map<String, String> given = new TreeMap<>();
        variables.forEach((variable, value) -> {
            String key = variable.replaceFirst("^" + KAFKA, "")
                    .toLowerCase(Locale.ROOT)
                    .replace('_', '.');
            if (variable.startsWith(KAFKA) && isKafkas.test(key)) {
                given.put(key, value);
            }
        });
        return given;
    }

    /** Variables that look like settings of the program, in alphabetical order, and are not among these. */
    List<String> unknown(List<Setting> settings) {
        List<String> known = settings.stream().map(Setting::variable).toList();
        return variables.keySet().stream()
                .filter(variable -> variable.startsWith(OWN))
                .filter(variable -> !known.contains(variable) && !OTHERS.contains(variable))
                .toList();
    }
}
