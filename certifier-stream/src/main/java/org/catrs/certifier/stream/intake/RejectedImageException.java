// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.intake;

import org.jspecify.annotations.Nullable;

/** An image that cannot be certified. The message is for its producer: what was found, and what was needed. */
public final class RejectedImageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;

    public RejectedImageException(RejectionReason reason, String message) {
        this(reason, message, null);
    }

    public RejectedImageException(RejectionReason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public RejectionReason reason() {
        return reason;
    }
}
