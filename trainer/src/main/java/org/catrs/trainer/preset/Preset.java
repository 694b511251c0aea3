// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.preset;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.catrs.schemas.InvalidDataException;
import org.catrs.trainer.method.MethodKind;

/**
 * A named set of options of the train command. Each is a file among the resources of this package, with comments on where
 * its values come from.
 *
 * @param name such as {@code mnist/sigma-1.00/cat-rs}
 * @param options values by the options' names, without dashes
 */
public record Preset(String name, SortedMap<String, String> options) {
    private static final List<String> DATASETS = List.of("mnist", "cifar10", "mnist/fast");
    private static final List<String> SIGMAS = List.of("0.25", "0.50", "1.00");

    public Preset {
        options = new TreeMap<>(options);
    }

    /** Names of all presets. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        for (String dataset : DATASETS) {
            for (String sigma : SIGMAS) {
                for (MethodKind method : MethodKind.values()) {
                    names.add(dataset + "/sigma-" + sigma + "/" + method);
                }
            }
        }
        return names;
    }

    /**
     * A preset.
     *
     * @throws InvalidDataException when there is none of this name
     */
    public static Preset named(String name) {
        if (!names().contains(name)) {
            throw new InvalidDataException(
                    "there is no preset " + name + "; their names are DATASET/sigma-SIGMA/METHOD, with " + DATASETS
                            + ", " + SIGMAS + " and " + List.of(MethodKind.values()));
        }
        Properties properties = new Properties();
        try (InputStream file = Objects.requireNonNull(Preset.class.getResourceAsStream(name + ".properties"), name)) {
            properties.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        } catch (IOException exception) {
            throw new UncheckedIOException("a resource of the program cannot be read", exception);
        }
        SortedMap<String, String> options = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> options.put(key, properties.getProperty(key)));
        return new Preset(name, options);
    }
}
