// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import java.util.Optional;
import java.util.SortedMap;
import org.catrs.trainer.architecture.Network;
import org.catrs.trainer.method.hyperparameter.Hyperparameter;
import org.catrs.trainer.method.hyperparameter.HyperparameterValues;
import org.catrs.trainer.method.slice.LossNames;
import org.catrs.trainer.method.slice.NoisySlice;
import org.catrs.trainer.method.slice.SliceLoss;

/**
 * A training method: the loss of a network on noisy copies of images. Safe for use by several threads.
 *
 * <p>A method is a record or class with a list of {@link Hyperparameter}s and a constructor that takes their values; {@link
 * MethodKind} names it. Noises, the attack, warm-ups and the estimate of p_hat are given to it.
 */
public interface TrainingMethod {
    /** What it is set up with; {@link Hyperparameter#NOISES} is among it. */
    HyperparameterValues values();

    /** Number of noisy copies that it takes of each image, M. */
    default int noises() {
        return values().get(Hyperparameter.NOISES);
    }

    /** Number of slices that the papers' loader batch is cut into, each of which is an optimizer step. */
    default int chunks() {
        return noises();
    }

    /** What its losses are called. */
    LossNames lossNames();

    /** Values of all its hyperparameters, by their names on a command line. */
    default SortedMap<String, String> hyperparameters() {
        return values().toMap();
    }

    /**
     * The method, ready to train with; by default it needs no preparation.
     *
     * @param preparation does what it needs
     * @return empty when the preparation was stopped
     */
    default Optional<TrainingMethod> prepared(Preparation preparation) {
        return Optional.of(this);
    }

    /**
     * Adds the gradient of a slice's loss, over the number of the step's images, to the gradient of a network.
     *
     * @param slice images with {@link #noises()} noises each
     * @return what the loss was
     */
    SliceLoss accumulate(NoisySlice slice, Network network);
}
