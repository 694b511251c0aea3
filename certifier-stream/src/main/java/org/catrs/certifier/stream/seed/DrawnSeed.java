// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.seed;

import org.catrs.certifier.smoothing.noise.Seed;
import org.jspecify.annotations.Nullable;

/**
 * A seed for one certificate.
 *
 * @param proof that it was forced; null where it was not
 */
public record DrawnSeed(Seed seed, @Nullable SeedProof proof) {}
