// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Ranges of what a user may choose, and what is said when a choice is out of its range.
 */
@NullMarked
package org.catrs.program.option;

import org.jspecify.annotations.NullMarked;
