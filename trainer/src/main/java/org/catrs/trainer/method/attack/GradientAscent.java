// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method.attack;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;

/**
 * Projected gradient ascent: steps of one L2 length in the direction of a loss's gradient, each followed by a constraint.
 *
 * @param steps number of steps T, at least 1
 * @param stepLength L2 length of a step
 */
public record GradientAscent(int steps, double stepLength, Constraint constraint) {
    /** Keeps the direction of a zero gradient defined. */
    private static final float TINY = 1e-8f;

    /**
     * The ascent of section 3.2 of the paper, from a noise to the worst one near it: T steps of length 2 epsilon / T, with
     * the noise brought back into the ball of radius epsilon after each, and to the mean and the root mean square that it
     * started with, so that it stays as likely as Gaussian noise.
     *
     * @param epsilon radius of the ball, above 0
     */
    public static GradientAscent toLikelyNoise(double epsilon, int steps) {
        return new GradientAscent(
                steps, 2 * epsilon / steps, Constraint.ball(epsilon).then(Constraint.sameMoments()));
    }

    /**
     * Climbs from each row of the last axis.
     *
     * @param start float32 [..., C x H x W]
     * @param gradientAt gives the gradient of the loss at arrays of that shape; is called T times
     * @return what was reached, of the shape of {@code start}
     */
    public NDArray climb(NDArray start, UnaryOperator<NDArray> gradientAt) {
        return climb(start, gradientAt.apply(start), gradientAt);
    }

    /**
     * The same, when the gradient at the start is known.
     *
     * @param firstGradient gradient of the loss at {@code start}, of its shape; its length does not matter
     * @param gradientAt is called T - 1 times
     */
    public NDArray climb(NDArray start, NDArray firstGradient, UnaryOperator<NDArray> gradientAt) {
        NDArray reached = advance(start, start, firstGradient);
        for (int step = 1; step < steps; step++) {
            reached = advance(start, reached, gradientAt.apply(reached));
        }
        return reached;
    }

    private NDArray advance(NDArray start, NDArray from, NDArray gradient) {
        NDArray direction = gradient.div(Constraint.norm(gradient).add(TINY));
        return constraint.apply(start, from.add(direction.mul((float) stepLength)));
    }
}
