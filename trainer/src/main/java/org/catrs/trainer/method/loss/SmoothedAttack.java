// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method.loss;

import ai.djl.ndarray.NDArray;
import org.catrs.trainer.architecture.Network;
import org.catrs.trainer.method.attack.GradientAscent;
import org.catrs.trainer.method.loss.AttackPasses.Slope;

/**
 * A search for images near given ones that a smoothed classifier gets wrong, eq. 9: the same noises are added to whatever
 * is reached.
 *
 * @param noise float32 [images, M, C x H x W]
 * @param labels class of each image
 */
@SuppressWarnings("ArrayRecordComponent") // short-lived, never compared
public record SmoothedAttack(Network network, NDArray noise, long[] labels) {
    /**
     * The gradient of eq. 9 by the images, with the logits of their noisy copies.
     *
     * @param images float32 [images, 1, C x H x W]
     */
    public Slope slope(NDArray images) {
        int noises = Math.toIntExact(noise.getShape().get(1));
        RowLoss loss = Losses.smoothedCrossEntropyTo(labels);
        Slope ofCopies = new AttackPasses(network, images).slope(noise, logits -> loss.of(logits, noises));
        return new Slope(ofCopies.logits(), ofCopies.gradient().sum(new int[] {1}, true));
    }

    /** What an ascent from these images reaches. */
    public NDArray climb(NDArray images, GradientAscent ascent) {
        return ascent.climb(images, reached -> slope(reached).gradient());
    }
}
