// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** Turns trained parameters into a model folder: the ONNX file, checked against the network, and its manifest. */
@NullMarked
package org.catrs.trainer.export;

import org.jspecify.annotations.NullMarked;
