// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.attack;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;

/**
 * Projected gradient ascent from a noise to the worst noise near it, section 3.2 of the paper: T steps of L2 length
 * 2 epsilon / T; after each, the noise is brought back into the ball of radius epsilon around where it started, and then
 * to the mean and the root mean square that it started with, so that it stays as likely as Gaussian noise.
 */
public final class NoiseAttack {
    /** Keeps the direction of a zero gradient defined. */
    private static final float TINY = 1e-8f;

    private final float epsilon;
    private final int steps;

    /**
     * An attack.
     *
     * @param epsilon radius of the ball, above 0
     * @param steps number of steps T, at least 1
     */
    public NoiseAttack(double epsilon, int steps) {
        this.epsilon = (float) epsilon;
        this.steps = steps;
    }

    /**
     * Searches from each noise.
     *
     * @param start noises, float32 [..., C x H x W]
     * @param firstGradient gradient of the loss at {@code start}, of its shape; its length does not matter
     * @param gradientAt gives the gradient at other noises of that shape; is called T - 1 times
     * @return the worst noises found, of the shape of {@code start}
     */
    public NDArray worst(NDArray start, NDArray firstGradient, UnaryOperator<NDArray> gradientAt) {
        NDArray noise = advance(start, start, firstGradient);
        for (int step = 1; step < steps; step++) {
            noise = advance(start, noise, gradientAt.apply(noise));
        }
        return noise;
    }

    private NDArray advance(NDArray start, NDArray noise, NDArray gradient) {
        NDArray direction = gradient.div(norm(gradient).add(TINY));
        NDArray moved = noise.add(direction.mul(2 * epsilon / steps)).sub(start);
        NDArray projected = moved.mul(norm(moved).maximum(epsilon).pow(-1).mul(epsilon));
        return likely(start, start.add(projected));
    }

    /** The noise, with the mean and the root mean square of another. */
    private static NDArray likely(NDArray model, NDArray noise) {
        NDArray scale = rootMeanSquare(model).div(rootMeanSquare(noise));
        return noise.sub(mean(noise)).mul(scale).add(mean(model));
    }

    private static NDArray norm(NDArray array) {
        return array.square().sum(new int[] {-1}, true).sqrt();
    }

    private static NDArray mean(NDArray array) {
        return array.mean(new int[] {-1}, true);
    }

    private static NDArray rootMeanSquare(NDArray array) {
        return array.square().mean(new int[] {-1}, true).sqrt();
    }
}
