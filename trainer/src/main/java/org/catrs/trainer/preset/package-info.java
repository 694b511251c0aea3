// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** Presets: named sets of the train command's options, one readable file each. */
@NullMarked
package org.catrs.trainer.preset;

import org.jspecify.annotations.NullMarked;
