// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.audit;

import org.catrs.certifier.network.options.ExecutionProvider;

/** How a certificate is held against its replay. */
public enum Strictness {
    /** Replayed on what it says that it ran on, and equal in every field. */
    EXACT {
        @Override
        ExecutionProvider provider(ExecutionProvider ofCertificate) {
            return ofCertificate;
        }
    },
    /** Counted again on what there is here, where samples that nearly tie may vote otherwise. */
    TOLERANT {
        @Override
        ExecutionProvider provider(ExecutionProvider ofCertificate) {
            return ofCertificate.kind() == ExecutionProvider.Kind.CPU ? ofCertificate : ExecutionProvider.AUTO;
        }
    };

    /** What a certificate's network is run on. */
    abstract ExecutionProvider provider(ExecutionProvider ofCertificate);
}
