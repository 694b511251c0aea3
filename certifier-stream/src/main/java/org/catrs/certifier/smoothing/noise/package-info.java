// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Draws noisy copies of an image, each a function of the certificate's seed, the phase and the copy's number alone:
 * the exact discrete Gaussian on the 1/255 grid, or floating-point Gaussian noise for comparison. NOISE.md says how to
 * draw the same noise in another language.
 *
 * <p>Part of {@code smoothing}. Next: {@code counts}.
 */
@NullMarked
package org.catrs.certifier.smoothing.noise;

import org.jspecify.annotations.NullMarked;
