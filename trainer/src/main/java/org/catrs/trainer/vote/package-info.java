// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** Votes of a trained network on images under noise, as targets of another training. */
@NullMarked
package org.catrs.trainer.vote;

import org.jspecify.annotations.NullMarked;
