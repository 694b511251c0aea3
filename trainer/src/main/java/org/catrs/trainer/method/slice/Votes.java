// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method.slice;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.catrs.trainer.architecture.Network;

/** What a network says of noisy copies of an image. */
public final class Votes {
    private Votes() {}

    /**
     * Counts the classes that a network gives to the copies of a slice's images.
     *
     * @param slice with noise
     * @param network which computes as in use
     * @param counts receives one for each copy, at its class
     */
    public static void add(NoisySlice slice, Network network, int[] counts) {
        network.freeze(true);
        try (NDManager pass = network.newScope()) {
            NDArray logits = network.logits(network.copies(slice.images(pass), slice.noise(pass), pass));
            for (long label : logits.argMax(1).toLongArray()) {
                counts[(int) label]++;
            }
        } finally {
            network.freeze(false);
        }
    }
}
