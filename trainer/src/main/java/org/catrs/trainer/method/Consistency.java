// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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
 * Consistency regularization of Jeong and Shin (NeurIPS 2020): Gaussian training, and lambda times the mean divergence of
 * what the network says of an image's noisy copies from their mean, and eta times the entropy of that mean.
 */
record Consistency(HyperparameterValues values) implements TrainingMethod {
    private static final Hyperparameter<Integer> NOISES = Hyperparameter.NOISES.of(2);
    private static final Hyperparameter<Double> LAMBDA = Hyperparameter.LAMBDA.of(5.0);
    private static final Hyperparameter<Double> ETA = Hyperparameter.ETA;

    static final List<Hyperparameter<?>> HYPERPARAMETERS = List.of(NOISES, LAMBDA, ETA);

    @Override
    public LossNames lossNames() {
        return new LossNames("noisy", "agree");
    }

    @Override
    public SliceLoss accumulate(NoisySlice slice, Network network) {
        try (NDManager scope = network.newScope()) {
            long[] labels = slice.copyLabels();
            NDArray logits = network.logits(network.copies(slice.images(scope), slice.noise(scope), scope));
            NDArray base = Scaling.dividedBy(Losses.crossEntropy(logits, labels).sum(), slice.noises());
            NDArray logarithms = Losses.byImage(logits.logSoftmax(1), slice.noises());
            NDArray logMean = Losses.logMean(logarithms);
            NDArray mean = logMean.exp();
            NDArray divergence =
                    mean.mul(logMean.sub(logarithms.mean(new int[] {1}))).sum();
            NDArray entropy = mean.mul(logMean).sum().neg();
            NDArray robust = Scaling.times(divergence, values.get(LAMBDA)).add(Scaling.times(entropy, values.get(ETA)));
            network.backward(Scaling.dividedBy(base.add(robust), slice.stepImages()));
            return Confidence.of(logits, labels, slice.noises()).with(base.getFloat(), robust.getFloat());
        }
    }
}
