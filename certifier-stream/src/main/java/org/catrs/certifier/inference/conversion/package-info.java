// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Makes of a network another one that computes in float16 or in 8-bit integers, a model of its own.
 *
 * <p>Part of the stage {@code inference}. Previous: {@code network}.
 */
@NullMarked
package org.catrs.certifier.inference.conversion;

import org.jspecify.annotations.NullMarked;
