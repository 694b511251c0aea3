// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/** Selects rows of tensors. */
public final class Rows {
    private Rows() {}

    /**
     * Rows by their indices.
     *
     * @param array [rows, ...]
     * @return a copy, [indices, ...]
     */
    public static NDArray of(NDArray array, int[] indices) {
        NDArray selected = array.getManager().create(indices, new Shape(indices.length));
        return array.get(new NDIndex("{}", selected));
    }
}
