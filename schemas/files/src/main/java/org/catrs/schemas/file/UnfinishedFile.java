// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.file;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Content that is written beside the file that it will replace; unless it is finished, nothing of it is kept. */
public final class UnfinishedFile implements Closeable {
    static final String ENDING = ".part";

    private final Path file;
    private final Path written;
    private final FileOutputStream out;

    private UnfinishedFile(Path file, Path written, FileOutputStream out) {
        this.file = file;
        this.written = written;
        this.out = out;
    }

    /** Begins to write what will replace a file, or create it; its folder must be there. */
    public static UnfinishedFile of(Path file) throws IOException {
        // A name of its own, because two processes may write the same file.
        Path written = file.resolveSibling(prefix(file) + UUID.randomUUID() + ENDING);
        // A stream, because a channel would break off where its thread is interrupted, which services do at their end.
        return new UnfinishedFile(file, written, new FileOutputStream(written.toFile()));
    }

    static boolean isOf(Path file, Path other) {
        String name = other.getFileName().toString();
        return name.startsWith(prefix(file)) && name.endsWith(ENDING);
    }

    private static String prefix(Path file) {
        return "." + file.getFileName() + ".";
    }

    /** Takes the content. */
    public OutputStream stream() {
        return out;
    }

    /** Puts the content in the file's place, once it is safe from a crash. */
    public void finish() throws IOException {
        out.getFD().sync();
        out.close();
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(file.toAbsolutePath().resolveSibling(""));
    }

    /** Makes the new name safe as well, where the platform lets a folder be opened. */
    private static void force(Path folder) {
        try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
            opened.force(true);
        } catch (IOException e) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(written);
    }
}
