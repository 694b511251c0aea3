// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Votes of a network on CUDA devices: noise is drawn by the host's cores and goes there in batches, and the label of
 * each image comes back. Each device is tried out before it is used.
 *
 * <p>Part of {@code network}. Previous: {@code session}.
 */
@NullMarked
package org.catrs.certifier.network.cuda;

import org.jspecify.annotations.NullMarked;
