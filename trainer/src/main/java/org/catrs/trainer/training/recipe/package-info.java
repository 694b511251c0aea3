// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** What is to be trained, and how: all that decides, with the data, what the weights will be. */
@NullMarked
package org.catrs.trainer.training.recipe;

import org.jspecify.annotations.NullMarked;
