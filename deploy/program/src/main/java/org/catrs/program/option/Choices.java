// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.option;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.TypeConversionException;

/** How options whose value is one of an enum's are read: whatever the case, and with each value named once in an error. */
public final class Choices {
    private Choices() {}

    /**
     * Reads the options of a command and of its subcommands so.
     *
     * @return the same command
     */
    public static CommandLine readIn(CommandLine line) {
        line.getSubcommands().values().forEach(Choices::readIn);
        for (ArgSpec argument : line.getCommandSpec().args()) {
            for (Class<?> type : argument.auxiliaryTypes()) {
                if (type.isEnum()) {
                    register(line, type);
                }
            }
        }
        return line;
    }

    private static <E> void register(CommandLine line, Class<E> type) {
        List<E> choices = List.of(type.getEnumConstants());
        line.registerConverter(type, text -> choice(choices, text));
    }

    private static <E> E choice(List<E> choices, String text) {
        return choices.stream()
                .filter(choice ->
                        text.equalsIgnoreCase(choice.toString()) || text.equalsIgnoreCase(((Enum<?>) choice).name()))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("expected one of "
                        + choices.stream().map(Object::toString).collect(Collectors.joining(", ")) + ", found "
                        + text));
    }
}
