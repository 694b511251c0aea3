// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import java.io.IOException;

/** The folder that models are kept in cannot be written to, or not be read, for the reason that the message says. */
final class UnusableCacheException extends IOException {
    private static final long serialVersionUID = 1L;

    UnusableCacheException(String message, IOException cause) {
        super(message, cause);
    }
}
