// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import java.util.List;

/**
 * The sum of two branches.
 *
 * @param body layers of the one branch
 * @param shortcut layers of the other; none for the identity
 */
record Residual(List<Layer> body, List<Layer> shortcut) implements Layer {
    /** Copies the lists. */
    Residual {
        body = List.copyOf(body);
        shortcut = List.copyOf(shortcut);
    }

    @Override
    public Block toBlock() {
        return new ParallelBlock(
                outputs -> new NDList(
                        outputs.get(0).singletonOrThrow().add(outputs.get(1).singletonOrThrow())),
                List.of(branch(body), branch(shortcut)));
    }

    private static Block branch(List<Layer> layers) {
        if (layers.isEmpty()) {
            return Blocks.identityBlock();
        }
        SequentialBlock branch = new SequentialBlock();
        layers.forEach(layer -> branch.add(layer.toBlock()));
        return branch;
    }

    @Override
    public void addTo(NetworkGraph graph, ParameterReader parameters) {
        String begin = graph.value();
        body.forEach(layer -> layer.addTo(graph, parameters));
        String end = graph.value();
        graph.continueFrom(begin);
        shortcut.forEach(layer -> layer.addTo(graph, parameters));
        graph.join("Add", end);
    }
}
