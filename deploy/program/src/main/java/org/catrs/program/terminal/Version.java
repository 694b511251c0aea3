// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which catrs this is: the project's version, and the commit if the start script or the container's image says it.
 *
 * @param number the project's version, such as {@code 0.1.0}
 * @param commit hash of the commit, with {@code -dirty} behind it where files differ from it
 */
public record Version(String number, Optional<String> commit) {
    private static final String COMMIT_VARIABLE = "CATRS_COMMIT";

    /** The version of this program. */
    public static Version ofThisProgram() {
        return of(System.getenv());
    }

    static Version of(Map<String, String> environment) {
        return new Version(
                readNumber(),
                Optional.ofNullable(environment.get(COMMIT_VARIABLE)).filter(name -> !name.isEmpty()));
    }

    /** One line, the same that {@code deploy/catrs --version} prints. */
    @Override
    public String toString() {
        return "catrs " + number + " (commit " + commit.orElse("unknown") + ")";
    }

    private static String readNumber() {
        try (InputStream file = Objects.requireNonNull(Version.class.getResourceAsStream("version.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of the program cannot be read", e);
        }
    }
}
