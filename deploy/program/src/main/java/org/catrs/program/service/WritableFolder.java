// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.service;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.catrs.schemas.InvalidDataException;

/** A folder of this machine that a service keeps files in. */
public final class WritableFolder {
    /** More than what fits into a file's entry, so that a full disk is noticed. */
    private static final int PROBE_BYTES = 1 << 16;

    private WritableFolder() {}

    /**
     * Makes a folder where it is missing, and tries to write to it.
     *
     * @param setting that names it
     * @throws InvalidDataException when it cannot be written to
     */
    public static void require(Path folder, String setting) {
        try {
            Files.createDirectories(folder);
            Path probe = Files.createTempFile(folder, ".probe-", ".part");
            try {
                Files.write(probe, new byte[PROBE_BYTES]);
            } finally {
                Files.deleteIfExists(probe);
            }
        } catch (IOException e) {
            throw new InvalidDataException(problem(folder, setting, e), e);
        }
    }

    /**
     * Says in one line why a folder cannot be written to, and what to do.
     *
     * @param setting that names it
     */
    public static String problem(Path folder, String setting, IOException failure) {
        return folder + " (" + setting + ") cannot be written to: " + reason(failure);
    }

    private static String reason(IOException failure) {
        String text = failure instanceof FileSystemException of && of.getReason() != null
                ? of.getReason()
                : String.valueOf(failure.getMessage());
        if (text.contains("No space left")) {
            return "the disk is full; free space there, or name another folder";
        }
        if (text.contains("quota exceeded")) {
            return "the quota is used up; free space there, or name another folder";
        }
        if (text.contains("Read-only file system")) {
            return "the file system is read-only; mount a volume there, or name another folder";
        }
        if (failure instanceof AccessDeniedException || text.contains("Permission denied")) {
            return "the user " + System.getProperty("user.name")
                    + " has no right to; give it to that user, or name another folder";
        }
        return failure + "; name a folder that can be written to";
    }
}
