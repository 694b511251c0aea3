// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Counts votes by class over numbered samples, on several threads.
 *
 * <p>Previous stage: {@code inference}. Next stage: {@code bound}.
 */
@NullMarked
package org.catrs.certifier.counts;

import org.jspecify.annotations.NullMarked;
