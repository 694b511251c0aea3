// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv2d;
import java.util.List;
import java.util.Map;
import org.catrs.trainer.onnx.OnnxGraph;

/**
 * A two-dimensional convolution with bias, stride 1, without padding.
 *
 * @param filters number of output channels
 * @param kernel rows and columns of the kernel
 */
record Convolution(int filters, int kernel) implements Layer {
    @Override
    public Block toBlock() {
        return Conv2d.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(kernel, kernel))
                .optBias(true)
                .build();
    }

    @Override
    public void addTo(OnnxGraph graph, ParameterReader parameters) {
        graph.add(
                "Conv",
                Map.of("kernel_shape", List.of((long) kernel, (long) kernel)),
                parameters.next(),
                parameters.next());
    }
}
