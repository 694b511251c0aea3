// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The trainer's program. Its packages, in the order of a training: {@code data} and {@code noise}; {@code architecture},
 * the network; {@code method}, the loss; {@code training}, the loop, with {@code recipe}, {@code step}, {@code optimizer}
 * and {@code checkpoint} below it; {@code export}, the model. {@code task} is all of these for one model, which {@code
 * jobs} takes from a topic and {@code cli} from a person, who may name a {@code preset}. {@code engine} is PyTorch, on
 * which they stand.
 */
@NullMarked
package org.catrs.trainer;

import org.jspecify.annotations.NullMarked;
