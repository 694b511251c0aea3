// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Draws digits like handwriting, for whoever has no data set at hand.
 */
@NullMarked
package org.catrs.schemas.dataset.digits;

import org.jspecify.annotations.NullMarked;
