// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.catrs.trainer.architecture.Network;
import org.catrs.trainer.method.hyperparameter.Hyperparameter;
import org.catrs.trainer.method.hyperparameter.HyperparameterValues;
import org.catrs.trainer.method.loss.Losses;
import org.catrs.trainer.method.loss.Scaling;
import org.catrs.trainer.method.slice.Confidence;
import org.catrs.trainer.method.slice.LossNames;
import org.catrs.trainer.method.slice.NoisySlice;
import org.catrs.trainer.method.slice.SliceLoss;

/**
 * Stability training of Li et al. (NeurIPS 2019): the cross-entropy on the image itself, and lambda times that between
 * what the network says of it and of its noisy copies, with a gradient through both.
 */
record StabilityTraining(HyperparameterValues values) implements TrainingMethod {
    private static final Hyperparameter<Integer> NOISES = Hyperparameter.NOISES;
    private static final Hyperparameter<Double> LAMBDA = Hyperparameter.LAMBDA.of(2.0);

    static final List<Hyperparameter<?>> HYPERPARAMETERS = List.of(NOISES, LAMBDA);

    @Override
    public LossNames lossNames() {
        return new LossNames("clean", "stable");
    }

    @Override
    public SliceLoss accumulate(NoisySlice slice, Network network) {
        int noises = slice.noises();
        try (NDManager scope = network.newScope()) {
            NDArray images = slice.images(scope);
            NDArray noNoise =
                    scope.zeros(new Shape(slice.size(), 1, images.getShape().get(2)));
            NDArray clean = network.logits(network.copies(images, noNoise, scope));
            NDArray noisy = network.logits(network.copies(images, slice.noise(scope), scope));
            NDArray base = Losses.crossEntropy(clean, slice.labels()).sum();
            NDArray agreement = Losses.byImage(noisy.logSoftmax(1), noises).mul(Losses.byImage(clean.softmax(1), 1));
            NDArray robust = Scaling.times(agreement.sum(), -values.get(LAMBDA).floatValue() / noises);
            network.backward(Scaling.dividedBy(base.add(robust), slice.stepImages()));
            return Confidence.of(noisy, slice.copyLabels(), noises).with(base.getFloat(), robust.getFloat());
        }
    }
}
