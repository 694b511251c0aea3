// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Makes of a network another one that computes in float16 or in 8-bit integers, a model of its own.
 *
 * <p>Part of {@code network}. Previous: {@code session}, which runs the network to find the ranges of its values.
 */
@NullMarked
package org.catrs.certifier.network.conversion;

import org.jspecify.annotations.NullMarked;
