// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Models that are certified with: finding a model's folder, or a bare ONNX file, checking that it is what its manifest
 * says, and opening it.
 *
 * <p>Part of {@code network}, and its last. Every later door certifies with what it opens.
 */
@NullMarked
package org.catrs.certifier.network.model;

import org.jspecify.annotations.NullMarked;
