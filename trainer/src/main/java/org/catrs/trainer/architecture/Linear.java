// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import ai.djl.nn.Block;
import java.util.List;
import java.util.Map;

/**
 * A fully connected layer with bias.
 *
 * @param units number of outputs
 */
record Linear(int units) implements Layer {
    @Override
    public Block toBlock() {
        return ai.djl.nn.core.Linear.builder().setUnits(units).build();
    }

    @Override
    public void addTo(NetworkGraph graph, ParameterReader parameters) {
        graph.add("Gemm", Map.of("transB", List.of(1L)), parameters.next(), parameters.next());
    }
}
