// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Votes by class over numbered samples, and how full the batches were that they come from.
 *
 * <p>Part of {@code smoothing}. Previous: {@code noise}, and the network that runs on it. Next: {@code bound}.
 */
@NullMarked
package org.catrs.certifier.smoothing.counts;

import org.jspecify.annotations.NullMarked;
