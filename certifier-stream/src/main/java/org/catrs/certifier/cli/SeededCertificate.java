// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import org.catrs.certifier.smoothing.Certificate;
import org.catrs.certifier.stream.seed.SeedProof;
import org.jspecify.annotations.Nullable;

/**
 * A certificate, and what is known of its seed.
 *
 * @param proof that the seed is forced; null where it is not
 */
record SeededCertificate(Certificate certificate, @Nullable SeedProof proof) {}
