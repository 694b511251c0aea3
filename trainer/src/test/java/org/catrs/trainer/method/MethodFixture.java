// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import ai.djl.training.GradientCollector;
import java.util.SplittableRandom;
import org.catrs.trainer.architecture.Architecture;
import org.catrs.trainer.architecture.Network;
import org.catrs.trainer.architecture.Normalization;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.engine.TorchEngine;
import org.catrs.trainer.method.slice.NoisySlice;
import org.catrs.trainer.method.slice.SliceLoss;
import org.catrs.trainer.method.slice.TrainingStep;

/** LeNet on the four small images of {@link Wave}. */
final class MethodFixture implements AutoCloseable {
    /** Passes over the data that are done: half of the warm-ups of these tests, which take 2. */
    static final double EPOCH = 1;

    private static final int[] INDICES = {0, 1, 2, 3};

    private final GradientCollector collector;
    private final Network network;
    private final Parameters parameters;

    MethodFixture(double scale) {
        TorchEngine.start();
        collector = TorchEngine.newCollector();
        network =
                new Network(Architecture.LENET.specification(Wave.SHAPE, Wave.CLASSES, Normalization.NONE), collector);
        parameters = network.initialParameters(new SplittableRandom(1));
        Wave.fill(parameters, scale);
    }

    float[] values() {
        return parameters.values();
    }

    /** Runs a method on all images, as one step. */
    Outcome run(TrainingMethod method) {
        NoisySlice slice = new NoisySlice(Wave.LABELS.length, method.noises(), Wave.SHAPE.size(), Wave.SIGMA);
        slice.begin(INDICES, Wave.LABELS, new TrainingStep(EPOCH, Wave.LABELS.length), Wave.uniforms());
        Wave.fill(slice);
        network.load(parameters.values());
        SliceLoss loss = method.accumulate(slice, network);
        float[] gradient = new float[parameters.values().length];
        network.takeGradient(gradient);
        return new Outcome(loss, gradient);
    }

    @Override
    public void close() {
        network.close();
        collector.close();
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Outcome(SliceLoss loss, float[] gradient) {
        double norm() {
            double sum = 0;
            for (float value : gradient) {
                sum += (double) value * value;
            }
            return Math.sqrt(sum);
        }

        double sum() {
            double sum = 0;
            for (float value : gradient) {
                sum += value;
            }
            return sum;
        }
    }
}
