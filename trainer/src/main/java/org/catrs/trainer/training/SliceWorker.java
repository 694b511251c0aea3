// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training;

import ai.djl.training.GradientCollector;
import java.util.random.RandomGenerator;
import org.catrs.trainer.architecture.Network;
import org.catrs.trainer.architecture.NetworkSpecification;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.method.NoisySlice;

/** What one thread needs to compute the gradients of slices: a copy of the network, and room for a slice. */
final class SliceWorker implements AutoCloseable {
    private final SliceSource source;
    private final NoisySlice slice;
    private final Network network;

    SliceWorker(NetworkSpecification specification, SliceSource source, int sliceImages, GradientCollector collector) {
        this.source = source;
        this.slice = source.newSlice(sliceImages);
        this.network = new Network(specification, collector);
    }

    int trainedCount() {
        return network.trainedCount();
    }

    int statisticsCount() {
        return network.statisticsCount();
    }

    Parameters initialParameters(RandomGenerator random) {
        return network.initialParameters(random);
    }

    void load(float[] values) {
        network.load(values);
    }

    /**
     * Computes the gradient of one slice.
     *
     * @param values the step's parameters, of which the slice begins with the running statistics
     * @param result receives gradient, loss and the running statistics that the slice leaves
     */
    void compute(long step, int[] batch, int from, int to, float[] values, SliceResult result) {
        source.fill(slice, step, batch, from, to);
        network.loadStatistics(values);
        result.loss = source.method().accumulate(slice, network);
        network.takeGradient(result.gradient);
        network.copyStatistics(result.statistics);
    }

    @Override
    public void close() {
        network.close();
    }
}
