// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method.loss;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.catrs.trainer.engine.TorchEngine;
import org.junit.jupiter.api.Test;

class ScalingTest {
    /** Constants of a graph, more than one, since a collection frees what it finds when it likes. */
    private static final int CONSTANTS = 200;

    @Test
    void shouldKeepItsConstantsForTheBackwardPassWhenMemoryIsCollectedInBetween() throws InterruptedException {
        TorchEngine.start();
        try (GradientCollector collector = TorchEngine.newCollector();
                NDManager scope = NDManager.newBaseManager(TorchEngine.device(), "PyTorch")) {
            NDArray values = scope.ones(new Shape(1));
            values.setRequiresGradient(true);
            NDArray sum = scope.zeros(new Shape(1));
            for (int i = 0; i < CONSTANTS; i++) {
                sum = sum.add(Scaling.times(values, 3)).add(Scaling.dividedBy(values, 0.5));
            }

            List<ByteBuffer> others = collectAndAllocate();
            collector.backward(sum.sum());

            assertThat(others).hasSizeGreaterThan(CONSTANTS);
            assertThat(values.getGradient().toFloatArray()).containsExactly(CONSTANTS * 5f);
        }
    }

    /** Lets garbage be collected, and has what was freed written over. */
    private static List<ByteBuffer> collectAndAllocate() throws InterruptedException {
        List<ByteBuffer> others = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            System.gc();
            Thread.sleep(20); // until the freed memory's cleaner has run
            IntStream.range(0, 1000).forEach(i -> others.add(ByteBuffer.allocateDirect(Float.BYTES)));
        }
        return others;
    }
}
