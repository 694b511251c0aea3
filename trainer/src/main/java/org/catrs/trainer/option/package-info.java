// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** Checks of what a user chose. */
@NullMarked
package org.catrs.trainer.option;

import org.jspecify.annotations.NullMarked;
