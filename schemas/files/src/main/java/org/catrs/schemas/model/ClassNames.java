// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.model;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.catrs.schemas.InvalidDataException;

/** Names of a network's classes as somebody says them: one after the other, or as a text file with one a line. */
public final class ClassNames {
    private ClassNames() {}

    /**
     * The names, in the order of the logits.
     *
     * @param given the names, or a file's alone
     * @throws InvalidDataException when the file is missing or cannot be read
     */
    public static List<String> of(List<String> given) {
        if (given.size() != 1) {
            return given;
        }
        String only = given.get(0);
        try {
            Path file = Path.of(only);
            if (Files.isRegularFile(file)) {
                return Files.readAllLines(file);
            }
        } catch (IOException | InvalidPathException e) {
            throw new InvalidDataException("the class names " + only + " cannot be read: " + e, e);
        }
        if (only.toLowerCase(Locale.ROOT).endsWith(".txt") || only.contains("/") || only.contains(File.separator)) {
            throw new InvalidDataException("there is no file " + only + " of class names");
        }
        return given;
    }
}
