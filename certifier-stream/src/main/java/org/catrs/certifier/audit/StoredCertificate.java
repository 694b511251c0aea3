// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.audit;

import org.catrs.schemas.event.CertifiedPrediction;

/** A line of a file of certificates. */
public sealed interface StoredCertificate {
    /** Image id, or where the line has none its number. */
    String id();

    /** A line that holds a certificate. */
    record Whole(String id, CertifiedPrediction certificate) implements StoredCertificate {}

    /**
     * A line that holds none, or one whose fields contradict each other.
     *
     * @param problem what is wrong with it
     */
    record Broken(String id, String problem) implements StoredCertificate {}
}
