// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.terminal;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
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
     * <p>What the user can mend prints as one line: an {@link InvalidDataException}, a file that cannot be read or
     * written, a name that the machine's locale cannot spell. Any other exception prints with its stack trace.
     */
    public static int run(Object command, String... arguments) {
        return commandLine(command).execute(arguments);
    }

    static CommandLine commandLine(Object command) {
        CommandLine line = new CommandLine(command);
        setVersion(line, Version.ofThisProgram().toString());
        return Choices.readIn(line)
                .setParameterExceptionHandler((exception, given) -> explain(exception))
                .setExecutionExceptionHandler((exception, commandLine, parsed) -> {
                    PrintWriter err = commandLine.getErr();
                    if (exception instanceof InvalidDataException || exception instanceof UncheckedIOException) {
                        err.println("error: " + exception.getMessage());
                    } else if (exception instanceof InvalidPathException path) {
                        err.println("error: '" + path.getInput() + "' cannot name a file here: " + path.getReason()
                                + "; with other letters than ASCII's, LC_ALL=C.UTF-8 is needed");
                    } else {
                        exception.printStackTrace(err);
                    }
                    err.flush();
                    return CommandLine.ExitCode.SOFTWARE;
                });
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

    private static void setVersion(CommandLine line, String version) {
        line.getCommandSpec().version(version);
        line.getSubcommands().values().forEach(command -> setVersion(command, version));
    }
}
