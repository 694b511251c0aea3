// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Data or an option that came from outside and cannot be used. The message is written for the person who supplied it:
 * what was found, what was needed, and what to do; a command line prints it without a stack trace.
 */
public final class InvalidDataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidDataException(String message) {
        super(message);
    }

    public InvalidDataException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * A file or folder that cannot be read; the message says why in a user's words, where Java's exception would not.
     *
     * @param cause an {@link IOException}, or an {@link UncheckedIOException}
     */
    public static InvalidDataException unreadable(Path path, Exception cause) {
        boolean wrapped = cause instanceof UncheckedIOException;
        return new InvalidDataException(path + ": " + reason(wrapped ? cause.getCause() : cause), cause);
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause instanceof NoSuchFileException) {
            return "is not there";
        }
        if (cause instanceof AccessDeniedException) {
            return "this user may not read it";
        }
        if (cause instanceof NotDirectoryException) {
            return "is no folder";
        }
        if (cause instanceof MalformedInputException) {
            return "is no text in UTF-8";
        }
        boolean folder = cause != null && "Is a directory".equals(cause.getMessage());
        return folder ? "is a folder, needed is a file" : "cannot be read: " + cause;
    }
}
