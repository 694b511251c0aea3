// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Does a table of the paper again, row by row, by the commands that a user would give, and goes on where it was
 * interrupted.
 */
@NullMarked
package org.catrs.local.reproduce;

import org.jspecify.annotations.NullMarked;
