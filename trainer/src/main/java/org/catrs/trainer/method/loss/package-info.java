// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Parts of losses that methods share: losses of single rows, those of CAT-RS on the easiest and on the worst noises, and
 * passes of an attack. Known to methods alone.
 */
@NullMarked
package org.catrs.trainer.method.loss;

import org.jspecify.annotations.NullMarked;
