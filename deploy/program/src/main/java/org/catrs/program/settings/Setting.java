// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.settings;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A setting, declared once for file, environment, command line and documentation.
 *
 * @param declaration its key in a file, type, default, range, importance and meaning
 * @param option its name on a command line, with two dashes
 * @param variable its name in the environment
 */
record Setting(ConfigKey declaration, String option, String variable) {
    private static final String NONE = "none";
    private static final int ONE_LETTER = "--n".length();

    String key() {
        return declaration.name;
    }

    /** The option of a command; one of a single letter may be written with one dash, too. */
    OptionSpec toOption() {
        String[] names =
                option.length() == ONE_LETTER ? new String[] {option.substring(1), option} : new String[] {option};
        boolean hasStandard = declaration.hasDefault() && !standard().equals(NONE);
        String limits = Stream.of(hasStandard ? "default: " + standard() : "", range())
                .filter(limit -> !limit.isEmpty())
                .collect(Collectors.joining("; "));
        String description = declaration.documentation + (limits.isEmpty() ? "" : " (" + limits + ")");
        return OptionSpec.builder(names)
                .type(String.class)
                .paramLabel(option.substring(option.lastIndexOf('-') + 1).toUpperCase(Locale.ROOT))
                .description(description.replace("%", "%%"))
                .build();
    }

    /** The setting's row in a table of all, in the order of {@link Declarations#HEADER}. */
    List<String> toRow() {
        return List.of(
                key(),
                declaration.type.name().toLowerCase(Locale.ROOT),
                standard(),
                range(),
                declaration.importance.name().toLowerCase(Locale.ROOT),
                variable,
                option,
                declaration.documentation);
    }

    private String standard() {
        if (!declaration.hasDefault()) {
            return "required";
        }
        boolean isNone = declaration.defaultValue == null || List.of().equals(declaration.defaultValue);
        return isNone ? NONE : Objects.toString(declaration.defaultValue);
    }

    private String range() {
        return declaration.validator == null ? "" : declaration.validator.toString();
    }
}
