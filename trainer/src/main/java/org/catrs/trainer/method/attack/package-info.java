// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** Searches for inputs that are hard for a network, near given ones. */
@NullMarked
package org.catrs.trainer.method.attack;

import org.jspecify.annotations.NullMarked;
