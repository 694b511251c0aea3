// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * A certificate as one picture: the image, its noisy copies, and the worst image that a search finds within the radius.
 *
 * <p>Part of {@code evaluation}. Previous: {@code charts}, whose colours it has.
 */
@NullMarked
package org.catrs.certifier.evaluation.picture;

import org.jspecify.annotations.NullMarked;
