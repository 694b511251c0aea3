// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.audit;

import org.catrs.certifier.network.options.ExecutionProvider;

/** A certificate is of an execution provider that cannot run its network here; the message says what to do. */
final class ProviderNotHereException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProviderNotHereException(ExecutionProvider provider, Throwable cause) {
        super(
                "it ran on " + provider + ", and here " + cause.getMessage()
                        + "; 'replay --tolerant' counts again on what is here",
                cause);
    }
}
