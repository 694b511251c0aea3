// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Network architectures: one layer specification, from which the trainable network and the ONNX graph are both made.
 */
@NullMarked
package org.catrs.trainer.architecture;

import org.jspecify.annotations.NullMarked;
