// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import ai.djl.nn.Block;
import ai.djl.nn.pooling.Pool;
import java.util.Map;

/** The mean of each channel. */
record GlobalAveragePooling() implements Layer {
    @Override
    public Block toBlock() {
        return Pool.globalAvgPool2dBlock();
    }

    @Override
    public void addTo(NetworkGraph graph, ParameterReader parameters) {
        graph.add("GlobalAveragePool", Map.of());
    }
}
