// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Evaluation files: a row for each image, of our own and as others published them, and beside each file how it came to
 * be.
 *
 * <p>Part of {@code evaluation}. Next: {@code summary}.
 */
@NullMarked
package org.catrs.certifier.evaluation.rows;

import org.jspecify.annotations.NullMarked;
