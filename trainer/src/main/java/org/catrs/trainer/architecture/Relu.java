// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import java.util.Map;

/** The rectified linear unit. */
record Relu() implements Layer {
    @Override
    public Block toBlock() {
        return Activation.reluBlock();
    }

    @Override
    public void addTo(NetworkGraph graph, ParameterReader parameters) {
        graph.add("Relu", Map.of());
    }
}
