// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import java.util.Map;

/** All values of an image as one vector, channel by channel, row by row. */
record Flatten() implements Layer {
    @Override
    public Block toBlock() {
        return Blocks.batchFlattenBlock();
    }

    @Override
    public void addTo(NetworkGraph graph, ParameterReader parameters) {
        graph.add("Flatten", Map.of());
    }
}
