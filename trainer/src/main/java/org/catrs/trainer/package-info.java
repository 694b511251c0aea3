// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The trainer's program. Its packages, in the order of a training: {@code data}, {@code noise}, {@code architecture},
 * {@code method}, {@code training}, {@code export}; {@code task} is all of them for one model, which {@code jobs}
 * takes from a topic and {@code cli} from a person, who may name a {@code preset}. {@code engine} is PyTorch, on which
 * they stand.
 */
@NullMarked
package org.catrs.trainer;

import org.jspecify.annotations.NullMarked;
