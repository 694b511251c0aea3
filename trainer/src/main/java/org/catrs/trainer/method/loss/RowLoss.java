// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method.loss;

import ai.djl.ndarray.NDArray;

/** A loss of each noisy copy of some images. */
@FunctionalInterface
public interface RowLoss {
    /**
     * The losses.
     *
     * @param logits float32 [images x copies, classes], the copies of an image one after the other
     * @param copies number of copies of each image
     * @return float32 [images x copies]
     */
    NDArray of(NDArray logits, int copies);
}
