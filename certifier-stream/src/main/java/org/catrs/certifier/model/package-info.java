// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Models that are served: opening a model's folder, or a bare ONNX file, and checking that it is what it says. Used by
 * every command; previous stage: inference, which runs the network; next: smoothing, whose base classifier it is.
 */
@NullMarked
package org.catrs.certifier.model;

import org.jspecify.annotations.NullMarked;
