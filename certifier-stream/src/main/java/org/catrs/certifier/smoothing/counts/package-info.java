// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Counts votes by class over numbered samples, on several threads.
 *
 * <p>Part of {@code smoothing}. Previous: {@code noise}, and the network that runs on it. Next: {@code bound}.
 */
@NullMarked
package org.catrs.certifier.smoothing.counts;

import org.jspecify.annotations.NullMarked;
