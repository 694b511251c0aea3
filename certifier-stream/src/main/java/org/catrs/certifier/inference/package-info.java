// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Runs the base classifier's network on noisy images with ONNX Runtime; no other package knows that engine.
 *
 * <p>Others use {@code OnnxClassifier}, the {@code options} that it takes, and {@code conversion}. Within are {@code
 * network}, which is a session of ONNX Runtime, and two ways to count its votes, {@code cpu} and {@code cuda}.
 *
 * <p>Previous stage: {@code noise}. Next stage: {@code counts}.
 */
@NullMarked
package org.catrs.certifier.inference;

import org.jspecify.annotations.NullMarked;
