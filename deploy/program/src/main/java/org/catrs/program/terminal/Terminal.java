// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.catrs.program.option.Choices;
import org.catrs.schemas.InvalidDataException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs a command line in the way that all of catrs's commands share: help, version, errors and exit codes. */
public final class Terminal {
    private Terminal() {}

    /**
     * Runs a picocli command; exit code 0 on success, 1 on failure, 2 on wrong usage.
     *
     * <p>An {@link InvalidDataException} is the user's to mend and prints as one line; any other exception prints with
     * its stack trace.
     */
    public static int run(Object command, String... arguments) {
        CommandLine line = new CommandLine(command);
        String version = version();
        line.getCommandSpec().version(version);
        line.getSubcommands().values().forEach(sub -> sub.getCommandSpec().version(version));
        return Choices.readIn(line)
                .setParameterExceptionHandler((exception, given) -> explain(exception))
                .setExecutionExceptionHandler((exception, commandLine, parsed) -> {
                    PrintWriter err = commandLine.getErr();
                    if (exception instanceof InvalidDataException) {
                        err.println("error: " + exception.getMessage());
                    } else {
                        exception.printStackTrace(err);
                    }
                    err.flush();
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(arguments);
    }

    /** Says what is wrong and where to read on. All options of a command would be a screen or two, with the error above it. */
    private static int explain(ParameterException exception) {
        CommandLine line = exception.getCommandLine();
        PrintWriter err = line.getErr();
        err.println("error: " + exception.getMessage());
        UnmatchedArgumentException.printSuggestions(exception, err);
        err.println("see deploy/" + line.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String version() {
        try (InputStream file = Objects.requireNonNull(Terminal.class.getResourceAsStream("version.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of the program cannot be read", e);
        }
    }
}
