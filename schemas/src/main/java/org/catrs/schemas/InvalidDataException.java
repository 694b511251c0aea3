// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas;

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
}
