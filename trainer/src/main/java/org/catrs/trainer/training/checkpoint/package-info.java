// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** The folder of a training: where it stands, to go on from after a kill at any time, and its log. */
@NullMarked
package org.catrs.trainer.training.checkpoint;

import org.jspecify.annotations.NullMarked;
