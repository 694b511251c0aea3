// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.SortedMap;
import java.util.TreeMap;
import org.catrs.trainer.architecture.Network;

/** Gaussian training of Cohen et al. (ICML 2019), eq. 5 of the paper: cross-entropy on one noisy copy of each image. */
public final class GaussianTraining implements TrainingMethod {
    @Override
    public int noises() {
        return 1;
    }

    @Override
    public SortedMap<String, String> hyperparameters() {
        return new TreeMap<>();
    }

    @Override
    public SliceLoss accumulate(NoisySlice slice, Network network) {
        try (NDManager scope = network.newScope()) {
            long[] labels = slice.copyLabels();
            NDArray logits = network.logits(network.copies(slice.images(scope), slice.noise(scope), scope));
            NDArray loss = Losses.crossEntropy(logits, labels).sum();
            Confidence confidence = Confidence.of(logits, labels, 1);
            network.backward(loss.div(slice.stepImages()));
            return new SliceLoss(slice.size(), loss.getFloat(), 0, confidence.sum(), confidence.certain().length);
        }
    }
}
