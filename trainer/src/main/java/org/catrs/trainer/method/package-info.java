// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** Training methods: what a network's loss is on noisy images, and its gradient. One class a method. */
@NullMarked
package org.catrs.trainer.method;

import org.jspecify.annotations.NullMarked;
