// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Batches of a network that are filled from all images at hand: requests for votes wait in one queue, whoever runs the
 * network takes what fills a batch, and each request gets the votes of its own samples. It does not know ONNX Runtime.
 *
 * <p>Part of {@code network}. Next: {@code session}, whose networks run the batches.
 */
@NullMarked
package org.catrs.certifier.network.batches;

import org.jspecify.annotations.NullMarked;
