// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.stream.IntStream;
import org.catrs.trainer.architecture.Network;
import org.catrs.trainer.attack.NoiseAttack;

/**
 * L_high of some images, eq. 8: the cross-entropy at the worst noise near any of an image's noises. Only that noise has a
 * backward pass, since the others do not reach the maximum.
 *
 * @param images float32 [images, 1, C x H x W]
 * @param labels class of each image
 */
@SuppressWarnings("ArrayRecordComponent") // short-lived, never compared
record WorstCase(Network network, NDArray images, long[] labels, NoiseAttack attack) {
    /**
     * Adds the gradient of the sum of L_high, times a weight.
     *
     * @param noise the noises to search from, float32 [images, M, C x H x W]
     * @param firstGradient gradient of the cross-entropy at them, of their shape; its length does not matter
     * @return the sum of L_high over the images
     */
    double accumulate(NDArray noise, NDArray firstGradient, double weight) {
        network.freeze(true);
        NDArray found = attack.worst(noise, firstGradient, this::gradientAt);
        NDArray worst = worstOfEach(found);
        network.freeze(false);
        try (NDManager pass = network.newScope()) {
            NDArray logits = network.logits(network.copies(images, worst, pass));
            NDArray loss = Losses.crossEntropy(logits, labels).sum();
            network.backward(loss.mul(weight));
            return loss.getFloat();
        }
    }

    /** Gradient of the cross-entropies by the noises. */
    private NDArray gradientAt(NDArray noise) {
        try (NDManager pass = network.newScope()) {
            NDArray copies = network.copies(images, noise, pass);
            copies.setRequiresGradient(true);
            network.backward(losses(copies, noise.getShape().get(1)).sum());
            NDArray gradient = copies.getGradient().reshape(noise.getShape());
            gradient.attach(noise.getManager());
            return gradient;
        }
    }

    /** Of each image's noises the one with the largest cross-entropy, float32 [images, 1, C x H x W]. */
    private NDArray worstOfEach(NDArray noise) {
        int noises = Math.toIntExact(noise.getShape().get(1));
        try (NDManager pass = network.newScope()) {
            float[] losses = losses(network.copies(images, noise, pass), noises).toFloatArray();
            int[] worst = IntStream.range(0, labels.length)
                    .map(image -> largest(losses, image * noises, noises))
                    .toArray();
            long imageSize = noise.getShape().get(2);
            return Rows.of(noise.reshape(losses.length, 1, imageSize), worst);
        }
    }

    private static int largest(float[] values, int from, int count) {
        int largest = from;
        for (int i = from + 1; i < from + count; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }

    private NDArray losses(NDArray copies, long noises) {
        long[] copyLabels = new long[Math.toIntExact(labels.length * noises)];
        for (int row = 0; row < copyLabels.length; row++) {
            copyLabels[row] = labels[(int) (row / noises)];
        }
        return Losses.crossEntropy(network.logits(copies), copyLabels);
    }
}
