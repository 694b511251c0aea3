// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/** Selects rows of tensors. */
final class Rows {
    private Rows() {}

    /**
     * Rows by their indices.
     *
     * @param array [rows, ...]
     * @return a copy, [indices, ...]
     */
    static NDArray of(NDArray array, int[] indices) {
        NDArray selected = array.getManager().create(indices, new Shape(indices.length));
        return array.get(new NDIndex("{}", selected));
    }
}
