// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.held;

/** An image could not be answered for a reason that is not its own; it stays unanswered. */
public final class CertificationFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CertificationFailedException(Throwable cause) {
        super("an image could not be answered: " + cause, cause);
    }
}
