// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.pooling.Pool;
import java.util.List;
import java.util.Map;
import org.catrs.trainer.onnx.OnnxGraph;

/**
 * The largest value of each of the square windows that tile the image.
 *
 * @param window rows and columns of a window
 */
record MaxPooling(int window) implements Layer {
    @Override
    public Block toBlock() {
        return Pool.maxPool2dBlock(new Shape(window, window), new Shape(window, window));
    }

    @Override
    public void addTo(OnnxGraph graph, ParameterReader parameters) {
        List<Long> size = List.of((long) window, (long) window);
        graph.add("MaxPool", Map.of("kernel_shape", size, "strides", size));
    }
}
