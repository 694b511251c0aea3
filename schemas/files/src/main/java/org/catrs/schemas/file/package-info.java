// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** Files that are there whole, or not at all. */
@NullMarked
package org.catrs.schemas.file;

import org.jspecify.annotations.NullMarked;
