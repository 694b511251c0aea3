// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** The images that are trained on: held whole in memory, taken batch by batch in a shuffled order. */
@NullMarked
package org.catrs.trainer.data;

import org.jspecify.annotations.NullMarked;
