// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Runs the base classifier's network on noisy images with ONNX Runtime; no other package knows that engine.
 *
 * <p>Previous stage: {@code noise}. Next stage: {@code counts}.
 */
@NullMarked
package org.catrs.certifier.inference;

import org.jspecify.annotations.NullMarked;
