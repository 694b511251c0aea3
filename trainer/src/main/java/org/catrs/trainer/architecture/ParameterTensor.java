// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import java.util.List;

/**
 * Name and shape of one of a network's parameters.
 *
 * @param bias whether it is a layer's bias, and not its weight
 */
record ParameterTensor(String name, List<Long> shape, boolean bias) {
    /** Copies the shape. */
    ParameterTensor {
        shape = List.copyOf(shape);
    }

    /** Number of values. */
    int size() {
        return Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
    }

    /** Number of inputs that each output of this weight is the sum of. */
    int fanIn() {
        return Math.toIntExact(size() / shape.get(0));
    }
}
