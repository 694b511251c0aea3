// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Runs a classifier's network on noisy images with ONNX Runtime; no other package knows that engine.
 *
 * <p>Others use {@code OnnxClassifier}, the {@code options} that it takes, {@code conversion}, {@code adoption}, which
 * makes networks that can be certified of others, and {@code model}, which opens what is served. Within are
 * {@code batches}, which are filled from all images at hand, {@code session}, which is a network in ONNX Runtime, and two
 * ways to run the batches, {@code cpu} and {@code cuda}. Previous door: {@code smoothing}. Next: {@code adversary}.
 */
@NullMarked
package org.catrs.certifier.network;

import org.jspecify.annotations.NullMarked;
