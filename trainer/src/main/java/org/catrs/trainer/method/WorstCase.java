// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.stream.IntStream;
import org.catrs.trainer.architecture.Network;
import org.catrs.trainer.attack.GradientAscent;

/**
 * L_high of some images, eq. 8: the loss at the worst noise near any of an image's noises. Only that noise has a backward
 * pass, since the others do not reach the maximum.
 *
 * @param images float32 [images, 1, C x H x W]
 * @param loss what the attack maximises, and L_high is
 * @param ofAll whether L_high is the mean of what is found near each noise, eq. 11, in place of the maximum
 */
record WorstCase(Network network, NDArray images, RowLoss loss, GradientAscent attack, boolean ofAll) {
    /**
     * Adds the gradient of the sum of L_high, times a weight.
     *
     * @param noise the noises to search from, float32 [images, M, C x H x W]
     * @return the sum of L_high over the images
     */
    double accumulate(NDArray noise, double weight) {
        return accumulate(noise, gradientAt(noise), weight);
    }

    /**
     * The same, when the gradient of the losses at the noises is known.
     *
     * @param firstGradient of the shape of the noise; its length does not matter
     */
    double accumulate(NDArray noise, NDArray firstGradient, double weight) {
        NDArray found = attack.climb(noise, firstGradient, this::gradientAt);
        NDArray worst = ofAll ? found : worstOfEach(found);
        int copies = copies(worst);
        try (NDManager pass = network.newScope()) {
            NDArray logits = network.logits(network.copies(images, worst, pass));
            NDArray sum = loss.of(logits, copies).sum().div(copies);
            network.backward(sum.mul(weight));
            return sum.getFloat();
        }
    }

    private NDArray gradientAt(NDArray noise) {
        return new AttackPasses(network, images)
                .slope(noise, logits -> loss.of(logits, copies(noise)))
                .gradient();
    }

    /** Of each image's noises the one with the largest loss, float32 [images, 1, C x H x W]. */
    private NDArray worstOfEach(NDArray noise) {
        int copies = copies(noise);
        if (copies == 1) {
            return noise;
        }
        float[] losses = new AttackPasses(network, images).losses(noise, logits -> loss.of(logits, copies));
        int[] worst = IntStream.range(0, losses.length / copies)
                .map(image -> largest(losses, image * copies, copies))
                .toArray();
        return Rows.of(noise.reshape(losses.length, 1, noise.getShape().get(2)), worst);
    }

    private static int largest(float[] values, int from, int count) {
        int largest = from;
        for (int i = from + 1; i < from + count; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }

    private static int copies(NDArray noise) {
        return Math.toIntExact(noise.getShape().get(1));
    }
}
