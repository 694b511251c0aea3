// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.rows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.catrs.schemas.InvalidDataException;

/** The evaluation file of a run, which goes on where the run was interrupted. */
public final class EvaluationLog implements AutoCloseable {
    private static final String REMEDY = "; give another --out, or take the file away to begin anew";

    private final EvaluationWriter writer;
    private final List<EvaluationRow> rows;

    private EvaluationLog(EvaluationWriter writer, List<EvaluationRow> rows) {
        this.writer = writer;
        this.rows = new ArrayList<>(rows);
    }

    /**
     * Begins the file of a run, or goes on with it. What the file is of stands in a second file, of the same name with
     * {@code .json} behind it.
     *
     * @param indices of the run's images, in their order
     * @throws InvalidDataException when the file is of another run, is no evaluation file, or cannot be written
     */
    public static EvaluationLog open(Path file, EvaluationRun run, int[] indices) {
        Path sidecar = EvaluationRun.fileOf(file);
        if (isEmpty(file)) {
            run.write(sidecar);
        } else {
            requireSameRun(file, sidecar, run);
        }
        EvaluationWriter writer = EvaluationWriter.resume(file);
        try {
            return new EvaluationLog(writer, readRows(file, indices));
        } catch (RuntimeException exception) {
            writer.close();
            throw exception;
        }
    }

    /** The rows that are in the file, in the order of their images. */
    public List<EvaluationRow> rows() {
        return Collections.unmodifiableList(rows);
    }

    public void add(EvaluationRow row) {
        writer.write(row);
        rows.add(row);
    }

    @Override
    public void close() {
        writer.close();
    }

    private static boolean isEmpty(Path file) {
        try {
            return !Files.exists(file) || Files.size(file) == 0;
        } catch (IOException exception) {
            throw InvalidDataException.unreadable(file, exception);
        }
    }

    private static void requireSameRun(Path file, Path sidecar, EvaluationRun run) {
        if (!Files.exists(sidecar)) {
            throw new InvalidDataException(
                    file + " exists, and " + sidecar + ", which would say what it is of, does not" + REMEDY);
        }
        List<String> differences = run.differencesFrom(EvaluationRun.read(sidecar));
        if (!differences.isEmpty()) {
            throw new InvalidDataException(file + " is of another run: " + String.join(", ", differences) + REMEDY);
        }
    }

    private static List<EvaluationRow> readRows(Path file, int[] indices) {
        List<EvaluationRow> rows = EvaluationReader.read(file);
        for (int position = 0; position < rows.size(); position++) {
            String here = position < indices.length ? "has image " + indices[position] : "is at its end";
            if (position >= indices.length || rows.get(position).index() != indices[position]) {
                throw new InvalidDataException(file + " line " + (position + 2) + " is of image "
                        + rows.get(position).index() + ", where this run " + here + REMEDY);
            }
        }
        return rows;
    }
}
