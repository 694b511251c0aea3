// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.rows;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.catrs.schemas.InvalidDataException;
import org.jspecify.annotations.Nullable;

/** Reads evaluation files: those of this program, and the published ones of six columns. */
public final class EvaluationReader {
    private EvaluationReader() {}

    /**
     * All rows of a file.
     *
     * @throws InvalidDataException when the file cannot be read or is no evaluation file; names the file and the line
     */
    public static List<EvaluationRow> read(Path file) {
        List<EvaluationRow> rows = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            checkHeader(file, reader.readLine());
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                rows.add(parse(file, rows.size() + 2, line));
            }
            return List.copyOf(rows);
        } catch (IOException exception) {
            throw InvalidDataException.unreadable(file, exception);
        }
    }

    private static void checkHeader(Path file, @Nullable String header) {
        String published = String.join("\t", EvaluationFormat.PUBLISHED_COLUMNS);
        if (header == null || !(header.equals(published) || header.equals(EvaluationFormat.HEADER))) {
            throw new InvalidDataException(file + " line 1: an evaluation file begins with the tab-separated columns '"
                    + published.replace('\t', ' ') + "', found "
                    + (header == null ? "an empty file" : "'" + header.replace('\t', ' ') + "'"));
        }
    }

    private static EvaluationRow parse(Path file, int lineNumber, String line) {
        try {
            return EvaluationFormat.parse(line);
        } catch (IllegalArgumentException exception) {
            throw new InvalidDataException(file + " line " + lineNumber + ": " + exception.getMessage(), exception);
        }
    }
}
