// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** Networks as ONNX files: reading, looking through and writing them, without running them. */
@NullMarked
package org.catrs.schemas.onnx;

import org.jspecify.annotations.NullMarked;
