// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import java.util.SortedMap;
import org.catrs.trainer.architecture.Network;

/** A training method: the loss of a network on noisy copies of images. Safe for use by several threads. */
public interface TrainingMethod {
    /** Number of noisy copies that it takes of each image, M. */
    int noises();

    /** All its hyperparameters, by their names on a command line. */
    SortedMap<String, String> hyperparameters();

    /**
     * Adds the gradient of a slice's loss, over the number of the step's images, to the gradient of a network.
     *
     * @param slice images with {@link #noises()} noises each
     * @return what the loss was
     */
    SliceLoss accumulate(NoisySlice slice, Network network);
}
