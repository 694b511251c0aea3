// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * How a network is to be run, as a user says it: what on, in which arithmetic, how much of it, how fast it is made
 * ready.
 *
 * <p>Part of {@code network}, which begins with it. Next: {@code session}.
 */
@NullMarked
package org.catrs.certifier.network.options;

import org.jspecify.annotations.NullMarked;
