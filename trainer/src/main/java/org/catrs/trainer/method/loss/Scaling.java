// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Tensors times constants, for tensors that a gradient flows through.
 *
 * <p>The backward pass needs the constant again. {@link NDArray#mul(Number)} and {@link NDArray#div(Number)} leave it in
 * memory of Java's, which belongs to nobody from then on: a garbage collection between the passes makes the gradient
 * wrong. Here the constant lives as long as the scope of the tensor.
 */
public final class Scaling {
    private Scaling() {}

    /** @return of the shape and in the scope of {@code array} */
    public static NDArray times(NDArray array, double factor) {
        return array.mul(constant(array, factor));
    }

    /** @return of the shape and in the scope of {@code array} */
    public static NDArray dividedBy(NDArray array, double divisor) {
        return array.div(constant(array, divisor));
    }

    private static NDArray constant(NDArray array, double value) {
        return array.getManager().full(new Shape(), (float) value);
    }
}
