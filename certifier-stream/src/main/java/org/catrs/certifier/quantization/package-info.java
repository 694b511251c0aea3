// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Makes integer networks of floating-point ones: an ONNX file and the ranges of its activations in, an ONNX file of
 * 8-bit convolutions out. Knows the files alone and runs nothing.
 *
 * <p>Used by {@code inference}, which finds the ranges and runs the result. No previous stage; next stage: {@code
 * inference}.
 */
@NullMarked
package org.catrs.certifier.quantization;

import org.jspecify.annotations.NullMarked;
