// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** PyTorch in this process: how it is loaded and set up. Everything that computes with tensors stands on it. */
@NullMarked
package org.catrs.trainer.engine;

import org.jspecify.annotations.NullMarked;
