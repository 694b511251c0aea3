// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Bounds a class's probability by its count, and the radius by that bound. Everything is rounded down.
 *
 * <p>Previous stage: {@code counts}. Next stage: {@code smoothing}.
 */
@NullMarked
package org.catrs.certifier.bound;

import org.jspecify.annotations.NullMarked;
