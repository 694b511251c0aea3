// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** Writes ONNX files. */
@NullMarked
package org.catrs.trainer.onnx;

import org.jspecify.annotations.NullMarked;
