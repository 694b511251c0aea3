// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** The training loop: steps from the beginning, or from a checkpoint, to the end, with those who follow it. */
@NullMarked
package org.catrs.trainer.training;

import org.jspecify.annotations.NullMarked;
