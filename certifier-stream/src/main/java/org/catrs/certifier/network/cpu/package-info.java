// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Votes of a network on the CPU, and the autotuner that finds out how it runs fastest there.
 *
 * <p>Part of {@code network}. Previous: {@code session}.
 */
@NullMarked
package org.catrs.certifier.network.cpu;

import org.jspecify.annotations.NullMarked;
