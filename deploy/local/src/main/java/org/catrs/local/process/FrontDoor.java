// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.catrs.schemas.InvalidDataException;

/**
 * The start script {@code deploy/catrs}, by which every command is run: it knows class paths and JVM options.
 *
 * @param script absolute path of the script
 */
public record FrontDoor(Path script) {
    /** System property by which the start script tells where the project is. */
    private static final String HOME_PROPERTY = "catrs.home";

    public static FrontDoor ofThisProcess() {
        return new FrontDoor(home().resolve("deploy").resolve("catrs"));
    }

    /**
     * The project's folder.
     *
     * @throws InvalidDataException if this process was not started by the script
     */
    public static Path home() {
        String home = System.getProperty(HOME_PROPERTY);
        if (home == null) {
            throw new InvalidDataException(
                    "the system property " + HOME_PROPERTY + " is not set: run this command by deploy/catrs");
        }
        return Path.of(home);
    }

    /** A command line that runs a command and ends when its standard input does. */
    public List<String> guarded(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(script.toString(), "--guarded"));
        command.addAll(arguments);
        return command;
    }

    /** The script as the user would call it from where this process was started. */
    public String shown() {
        return Path.of("").toAbsolutePath().relativize(script).toString();
    }
}
