// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Bounds a class's probability by its count, and the radius by that bound. Everything is rounded down.
 *
 * <p>Part of {@code smoothing}. Previous: {@code counts}.
 */
@NullMarked
package org.catrs.certifier.smoothing.bound;

import org.jspecify.annotations.NullMarked;
