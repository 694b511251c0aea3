// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.options;

/** An execution provider that cannot run a network here; the message says why, and what to do. */
public final class ProviderException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public ProviderException(String reason) {
        super(reason);
        this.reason = reason;
    }

    public ProviderException(String reason, Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    /** What was found, and what to do. */
    public String reason() {
        return reason;
    }
}
