// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** Losses of single rows, which methods are made of. */
final class Losses {
    private Losses() {}

    /**
     * Cross-entropy to a class, for each row.
     *
     * @param logits float32 [rows, classes]
     * @param labels class of each row
     * @return float32 [rows]
     */
    static NDArray crossEntropy(NDArray logits, long[] labels) {
        NDArray classes = logits.getManager().create(labels, new Shape(labels.length, 1));
        return logits.logSoftmax(1).gather(classes, 1).neg().reshape(labels.length);
    }
}
