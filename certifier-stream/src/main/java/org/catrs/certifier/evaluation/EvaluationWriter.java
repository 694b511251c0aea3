// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes an evaluation file row by row; each row is in the file when {@link #write} returns. */
public final class EvaluationWriter implements AutoCloseable {
    private final BufferedWriter writer;

    private EvaluationWriter(BufferedWriter writer) {
        this.writer = writer;
    }

    /**
     * Begins a new file, in place of one of the same name.
     *
     * @throws UncheckedIOException when it cannot be written
     */
    public static EvaluationWriter create(Path file) {
        EvaluationWriter writer =
                open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        writer.writeLine(EvaluationFormat.HEADER);
        return writer;
    }

    /**
     * Goes on with a file that ends with a whole row.
     *
     * @throws UncheckedIOException when it cannot be written
     */
    static EvaluationWriter append(Path file) {
        return open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /** @throws UncheckedIOException when the row cannot be written */
    public void write(EvaluationRow row) {
        writeLine(EvaluationFormat.format(row));
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static EvaluationWriter open(Path file, OpenOption... options) {
        try {
            return new EvaluationWriter(Files.newBufferedWriter(file, options));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private void writeLine(String line) {
        try {
            writer.write(line);
            writer.write('\n');
            writer.flush();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
