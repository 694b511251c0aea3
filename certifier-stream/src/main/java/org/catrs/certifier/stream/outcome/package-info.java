// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Turns a certificate into the event that a consumer reads.
 *
 * <p>Part of {@code stream}. Previous: {@code intake} and {@code seed}, and {@code smoothing}, which certified. Next: {@code topology},
 * which sends it.
 */
@NullMarked
package org.catrs.certifier.stream.outcome;

import org.jspecify.annotations.NullMarked;
