// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.step;

import ai.djl.training.GradientCollector;
import java.util.random.RandomGenerator;
import org.catrs.trainer.architecture.Network;
import org.catrs.trainer.architecture.NetworkSpecification;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.engine.TorchEngine;
import org.catrs.trainer.method.TrainingMethod;
import org.catrs.trainer.method.slice.NoisySlice;

/** What one thread needs to compute the gradients of slices: a copy of the network. */
final class SliceWorker implements AutoCloseable {
    private final TrainingMethod method;
    private final Network network;

    SliceWorker(NetworkSpecification specification, TrainingMethod method, GradientCollector collector) {
        this.method = method;
        this.network = new Network(specification, collector, TorchEngine.device());
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
    void compute(NoisySlice slice, float[] values, SliceResult result) {
        network.loadStatistics(values);
        result.loss = method.accumulate(slice, network);
        network.takeGradient(result.gradient);
        network.copyStatistics(result.statistics);
    }

    @Override
    public void close() {
        network.close();
    }
}
