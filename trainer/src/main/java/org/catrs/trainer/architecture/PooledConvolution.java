// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import ai.djl.nn.Block;
import java.util.List;
import java.util.Map;

/**
 * A two-dimensional convolution with bias, stride 1, without padding, rectified, and of each 2 x 2 outputs the largest. A
 * last row or column that has no partner is left out.
 *
 * @param filters number of output channels
 * @param kernel rows and columns of the kernel, an odd number
 */
record PooledConvolution(int filters, int kernel) implements Layer {
    @Override
    public Block toBlock() {
        return new PooledConvolutionBlock(filters, kernel);
    }

    @Override
    public void addTo(NetworkGraph graph, ParameterReader parameters) {
        graph.add(
                "Conv",
                Map.of("kernel_shape", List.of((long) kernel, (long) kernel)),
                parameters.next(),
                parameters.next());
        new Relu().addTo(graph, parameters);
        new MaxPooling(2, 2, 0).addTo(graph, parameters);
    }
}
