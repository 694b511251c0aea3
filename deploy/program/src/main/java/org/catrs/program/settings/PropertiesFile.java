// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.catrs.schemas.InvalidDataException;
import org.jspecify.annotations.Nullable;

/** Reads Java properties files in UTF-8. */
public final class PropertiesFile {
    private PropertiesFile() {}

    /**
     * The properties of a file, in a map of the caller's own; none without a file.
     *
     * @throws InvalidDataException when it cannot be read
     */
    public static Map<String, String> read(@Nullable Path file) {
        Map<String, String> map = new HashMap<>();
        if (file == null) {
            return map;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidDataException(file + ": cannot be read as a properties file: " + e, e);
        }
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        return map;
    }
}
