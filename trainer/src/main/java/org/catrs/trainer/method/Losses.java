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

    /**
     * Cross-entropy of each copy to the class of its image.
     *
     * @param labels class of each image
     */
    static RowLoss crossEntropyTo(long[] labels) {
        return (logits, copies) -> crossEntropy(logits, repeated(labels, copies));
    }

    private static long[] repeated(long[] labels, int copies) {
        long[] repeated = new long[labels.length * copies];
        for (int row = 0; row < repeated.length; row++) {
            repeated[row] = labels[row / copies];
        }
        return repeated;
    }
}
