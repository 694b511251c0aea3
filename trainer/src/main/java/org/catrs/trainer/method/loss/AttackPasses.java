// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.UnaryOperator;
import org.catrs.trainer.architecture.Network;

/**
 * Passes of an attack on some images: through a network whose parameters do not move.
 *
 * @param images float32 [images, 1, C x H x W]
 */
public record AttackPasses(Network network, NDArray images) {
    /**
     * A forward and a backward pass.
     *
     * @param logits float32 [images x copies, classes]
     * @param gradient gradient of the sum of the losses by the noisy copies, float32 [images, copies, C x H x W]
     */
    public record Slope(NDArray logits, NDArray gradient) {}

    /**
     * Gradient of the sum of some losses by the noisy copies.
     *
     * @param noise float32 [images, copies, C x H x W]
     * @param losses gives losses of the copies' logits, float32 [images x copies, classes]
     * @return in the scope of the noise
     */
    public Slope slope(NDArray noise, UnaryOperator<NDArray> losses) {
        network.freeze(true);
        try (NDManager pass = network.newScope()) {
            NDArray copies = network.copies(images, noise, pass);
            copies.setRequiresGradient(true);
            NDArray logits = network.logits(copies);
            network.backward(losses.apply(logits).sum());
            NDArray gradient = copies.getGradient().reshape(noise.getShape());
            gradient.attach(noise.getManager());
            logits.attach(noise.getManager());
            return new Slope(logits, gradient);
        } finally {
            network.freeze(false);
        }
    }

    /**
     * Losses of the noisy copies.
     *
     * @param noise float32 [images, copies, C x H x W]
     * @param losses gives losses of the copies' logits, float32 [images x copies, classes]
     */
    float[] losses(NDArray noise, UnaryOperator<NDArray> losses) {
        network.freeze(true);
        try (NDManager pass = network.newScope()) {
            return losses.apply(network.logits(network.copies(images, noise, pass)))
                    .toFloatArray();
        } finally {
            network.freeze(false);
        }
    }
}
