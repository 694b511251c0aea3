// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.rows;

import java.io.IOException;
import java.io.LineNumberReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.catrs.schemas.InvalidDataException;

/** Reads evaluation files: those of this program, and those that are published with papers, whatever their columns. */
public final class EvaluationReader {
    private EvaluationReader() {}

    /**
     * All rows of a file; blank lines are passed over.
     *
     * @throws InvalidDataException when the file cannot be read, is no evaluation file, or has an image twice; names the
     *     file and the line
     */
    public static List<EvaluationRow> read(Path file) {
        List<EvaluationRow> rows = new ArrayList<>();
        Map<Integer, Integer> lines = new HashMap<>();
        try (LineNumberReader reader = new LineNumberReader(Files.newBufferedReader(file))) {
            String header = reader.readLine();
            EvaluationColumns columns = at(file, 1, () -> EvaluationColumns.of(header == null ? "" : header));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank()) {
                    String text = line;
                    int number = reader.getLineNumber();
                    EvaluationRow row = at(file, number, () -> columns.parse(text));
                    Integer earlier = lines.putIfAbsent(row.index(), number);
                    if (earlier != null) {
                        throw new InvalidDataException(file + " line " + number + ": image " + row.index()
                                + " stands twice, first in line " + earlier + "; each image counts once");
                    }
                    rows.add(row);
                }
            }
            return List.copyOf(rows);
        } catch (IOException exception) {
            throw InvalidDataException.unreadable(file, exception);
        }
    }

    private static <T> T at(Path file, int lineNumber, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException exception) {
            throw new InvalidDataException(file + " line " + lineNumber + ": " + exception.getMessage(), exception);
        }
    }
}
