// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import org.jspecify.annotations.Nullable;

/** A release that is not served. The message is for whoever released it: what was found, and what was needed. */
final class RefusedReleaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RefusalReason reason;

    RefusedReleaseException(RefusalReason reason, String message) {
        this(reason, message, null);
    }

    RefusedReleaseException(RefusalReason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** The same refusal that says more. */
    RefusedReleaseException and(String more) {
        return new RefusedReleaseException(reason, getMessage() + "; " + more, getCause());
    }

    RefusalReason reason() {
        return reason;
    }
}
