// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.pooling.Pool;
import java.util.List;
import java.util.Map;

/**
 * The largest value of each of the square windows that slide over the image.
 *
 * @param window rows and columns of a window
 * @param stride distance between windows
 * @param padding rows and columns that are added on each side, which are never the largest
 */
record MaxPooling(int window, int stride, int padding) implements Layer {
    @Override
    public Block toBlock() {
        return Pool.maxPool2dBlock(new Shape(window, window), new Shape(stride, stride), new Shape(padding, padding));
    }

    @Override
    public void addTo(NetworkGraph graph, ParameterReader parameters) {
        long pad = padding;
        graph.add(
                "MaxPool",
                Map.of(
                        "kernel_shape", List.of((long) window, (long) window),
                        "strides", List.of((long) stride, (long) stride),
                        "pads", List.of(pad, pad, pad, pad)));
    }
}
