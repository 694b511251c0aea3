// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Votes of a network on the processor, and the calibration that finds out how it runs fastest there.
 *
 * <p>Part of the stage {@code inference}. Previous: {@code network}.
 */
@NullMarked
package org.catrs.certifier.inference.cpu;

import org.jspecify.annotations.NullMarked;
