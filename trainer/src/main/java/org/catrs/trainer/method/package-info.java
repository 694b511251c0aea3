// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Training methods, one class each, and what they have in common: {@link org.catrs.trainer.method.TrainingMethod}. {@link
 * org.catrs.trainer.method.MethodKind} lists them. What they are made of stands in the packages below.
 */
@NullMarked
package org.catrs.trainer.method;

import org.jspecify.annotations.NullMarked;
