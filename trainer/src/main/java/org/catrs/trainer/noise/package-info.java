// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** Chance in training: the noise, the order of the images, every other draw; each a function of the seed and the step. */
@NullMarked
package org.catrs.trainer.noise;

import org.jspecify.annotations.NullMarked;
