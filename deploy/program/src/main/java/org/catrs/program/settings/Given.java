// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.settings;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catrs.schemas.InvalidDataException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The settings that a program was given.
 *
 * @param properties by their keys
 * @param origins where those that are not from a file are from, such as {@code option --threads}
 * @param unknownVariables environment variables that look like settings of the program, and are none
 */
public record Given(Map<String, String> properties, Map<String, String> origins, List<String> unknownVariables) {
    public Given {
        properties = Map.copyOf(properties);
        origins = Map.copyOf(origins);
        unknownVariables = List.copyOf(unknownVariables);
    }

    /**
     * What a program makes of the properties.
     *
     * @param command that was parsed
     * @param reader throws {@link InvalidDataException} where they cannot be used
     * @throws ParameterException then; the settings are called what they were called where they were given
     */
    public <T> T read(CommandLine command, Function<Map<String, String>, T> reader) {
        try {
            return reader.apply(properties);
        } catch (InvalidDataException e) {
            throw new ParameterException(command, explain(e), e);
        }
    }

    /** What is wrong with the properties; the settings are called what they were called where they were given. */
    String explain(InvalidDataException problem) {
        String explained = String.valueOf(problem.getMessage());
        for (Map.Entry<String, String> origin : origins.entrySet()) {
            explained = Pattern.compile(
                            "for configuration " + Pattern.quote(origin.getKey()) + "(?=:|$)", Pattern.MULTILINE)
                    .matcher(explained)
                    .replaceAll(Matcher.quoteReplacement("for " + origin.getValue()));
        }
        return explained;
    }
}
