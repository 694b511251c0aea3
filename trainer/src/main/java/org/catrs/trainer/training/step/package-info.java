// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** The gradient of a step: slices filled ahead, computed on all cores, and added in their order. */
@NullMarked
package org.catrs.trainer.training.step;

import org.jspecify.annotations.NullMarked;
