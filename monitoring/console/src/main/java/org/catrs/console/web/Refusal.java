// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console.web;

/** A request that is not granted, and what its sender is told. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    /** @param message what was found and what was needed; never what was sent */
    public Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    Reply reply() {
        return Reply.text(status, String.valueOf(getMessage()));
    }
}
