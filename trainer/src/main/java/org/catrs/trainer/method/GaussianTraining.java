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

/** Gaussian training of Cohen et al. (ICML 2019), eq. 5 of the paper: the mean cross-entropy of an image's noisy copies. */
record GaussianTraining(HyperparameterValues values) implements TrainingMethod {
    static final List<Hyperparameter<?>> HYPERPARAMETERS = List.of(Hyperparameter.NOISES);

    @Override
    public LossNames lossNames() {
        return new LossNames("loss", "");
    }

    @Override
    public SliceLoss accumulate(NoisySlice slice, Network network) {
        try (NDManager scope = network.newScope()) {
            long[] labels = slice.copyLabels();
            NDArray logits = network.logits(network.copies(slice.images(scope), slice.noise(scope), scope));
            NDArray loss = Scaling.dividedBy(Losses.crossEntropy(logits, labels).sum(), slice.noises());
            Confidence confidence = Confidence.of(logits, labels, slice.noises());
            network.backward(Scaling.dividedBy(loss, slice.stepImages()));
            return confidence.with(loss.getFloat(), 0);
        }
    }
}
