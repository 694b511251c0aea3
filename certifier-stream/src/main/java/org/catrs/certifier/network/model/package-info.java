// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Models that are served: opening a model's folder, or a bare ONNX file, and checking that it is what it says.
 *
 * <p>Part of {@code network}, and its last. Every later door certifies with what it opens.
 */
@NullMarked
package org.catrs.certifier.network.model;

import org.jspecify.annotations.NullMarked;
