// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** The training loop: slices of a step on all cores, the optimizer, schedules, checkpoints and the log. */
@NullMarked
package org.catrs.trainer.training;

import org.jspecify.annotations.NullMarked;
