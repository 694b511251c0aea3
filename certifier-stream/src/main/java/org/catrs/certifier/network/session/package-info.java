// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * A classifier's network as a session of ONNX Runtime: its file, its signature, the batches of images that it runs on,
 * and the trial that it is one fixed function of an image.
 *
 * <p>Part of {@code network}. Previous: {@code options}. Next: {@code cpu}, {@code cuda} and {@code conversion}, which
 * know nothing of each other.
 */
@NullMarked
package org.catrs.certifier.network.session;

import org.jspecify.annotations.NullMarked;
