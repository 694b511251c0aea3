// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.reproduce;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.paper.PaperRow;

/** The folder of a reproduction: for each row a model folder, an evaluation and a note of what it was done by. */
record ReproductionFolder(Path path) {
    Path model(PaperRow row) {
        return path.resolve(row.id());
    }

    /** Named after the row, by which the report knows it. */
    Path evaluation(PaperRow row) {
        return path.resolve(row.id() + ".tsv");
    }

    Path table(int number) {
        return path.resolve("table-" + number + ".md");
    }

    Path plot(int number, String name) {
        return path.resolve("table-" + number + "-" + name + ".svg");
    }

    boolean isTrained(PaperRow row) {
        return Files.exists(model(row).resolve(ModelManifest.FILE_NAME));
    }

    boolean isFinished(PaperRow row) {
        return Files.exists(finished(row));
    }

    void finish(PaperRow row) {
        write(finished(row), "");
    }

    /** Whether training was begun and can go on. */
    boolean isBegun(PaperRow row) {
        if (!Files.isDirectory(model(row))) {
            return false;
        }
        try (Stream<Path> files = Files.list(model(row))) {
            return files.anyMatch(file -> String.valueOf(file.getFileName()).startsWith("checkpoint"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Notes by which settings a row is done.
     *
     * @throws InvalidDataException when the folder holds the row by other settings
     */
    void claim(PaperRow row, String settings) {
        Path note = path.resolve(row.id() + ".settings");
        try {
            Files.createDirectories(path);
            if (!Files.exists(note)) {
                write(note, settings);
            } else if (!Files.readString(note).equals(settings)) {
                throw new InvalidDataException(path + " holds the row " + row.id()
                        + " by other settings:\n" + Files.readString(note).indent(2)
                        + "now asked for:\n" + settings.indent(2)
                        + "choose another folder with --out, or remove the row's files there");
            }
        } catch (IOException e) {
            throw new InvalidDataException(path + " cannot be used (" + e + "): choose another folder with --out", e);
        }
    }

    static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    private Path finished(PaperRow row) {
        return path.resolve(row.id() + ".finished");
    }
}
