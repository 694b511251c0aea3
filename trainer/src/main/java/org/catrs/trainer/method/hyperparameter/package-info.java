// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** What a method is set up with: declared hyperparameters, with their ranges and standard values, and given values. */
@NullMarked
package org.catrs.trainer.method.hyperparameter;

import org.jspecify.annotations.NullMarked;
