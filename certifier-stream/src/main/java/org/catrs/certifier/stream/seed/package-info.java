// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Says where the seed of a certificate comes from: from chance, or by a noise key from the image and the policy, with a
 * proof that whoever audits verifies.
 *
 * <p>Part of {@code stream}. Previous: {@code intake}, which takes the image. Next: {@code smoothing}, which draws the noise,
 * and {@code outcome}, which writes the proof.
 */
@NullMarked
package org.catrs.certifier.stream.seed;

import org.jspecify.annotations.NullMarked;
