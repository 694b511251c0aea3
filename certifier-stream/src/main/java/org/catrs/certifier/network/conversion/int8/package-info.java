// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Makes quantised networks of floating-point ones: an ONNX file and the ranges of its activations in, an ONNX file of
 * 8-bit convolutions out. Knows the files alone and runs nothing.
 *
 * <p>Part of {@code network.conversion}. {@code session} reads the codes of a quantised network's input with it.
 */
@NullMarked
package org.catrs.certifier.network.conversion.int8;

import org.jspecify.annotations.NullMarked;
