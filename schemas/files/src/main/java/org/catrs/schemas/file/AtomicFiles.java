// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.file;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes files so that a reader, also one after a crash, finds the old content or the new, and nothing between. Several
 * processes may write the same file; the last one wins.
 */
public final class AtomicFiles {
    /** Nobody pauses for so long while writing: what is older was left by a process that was killed. */
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private AtomicFiles() {}

    /** What writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Replaces a file, or creates it.
     *
     * @throws UncheckedIOException when that is impossible; the old content stays
     */
    public static void write(Path file, byte[] content) {
        try {
            write(file, out -> out.write(content));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written: " + e, e);
        }
    }

    /**
     * Replaces a file, or creates it, with content that is too large to be held.
     *
     * @throws IOException when that is impossible; the old content stays
     */
    public static void write(Path file, Content content) throws IOException {
        try (UnfinishedFile unfinished = UnfinishedFile.of(file)) {
            content.writeTo(unfinished.stream());
            unfinished.finish();
        }
        for (Path left : unfinished(file)) {
            deleteIfLeft(left);
        }
    }

    /** Deletes a file, if it is there, and all that was begun to be written in its place. */
    public static void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        for (Path left : unfinished(file)) {
            Files.deleteIfExists(left);
        }
    }

    /** Whether a file is one that is being written, or was when its process was killed. */
    public static boolean isUnfinished(Path file) {
        return file.toString().endsWith(UnfinishedFile.ENDING);
    }

    /** Deletes what killed processes left in a folder an hour ago, or earlier. */
    public static void deleteLeftovers(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, AtomicFiles::isUnfinished)) {
            for (Path file : files) {
                deleteIfLeft(file);
            }
        }
    }

    private static List<Path> unfinished(Path file) throws IOException {
        Path folder = file.resolveSibling("");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, other -> UnfinishedFile.isOf(file, other))) {
            List<Path> found = new ArrayList<>();
            files.forEach(found::add);
            return found;
        }
    }

    /** Another process may finish or delete it in this moment. */
    private static void deleteIfLeft(Path file) throws IOException {
        try {
            Instant written = Files.getLastModifiedTime(file).toInstant();
            if (written.isBefore(Instant.now().minus(LONGEST_PAUSE))) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            return;
        }
    }
}
