// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method.attack;

import ai.djl.ndarray.NDArray;

/** What holds for everything that an attack may reach: for each row of the last axis, of C x H x W values. */
@FunctionalInterface
public interface Constraint {
    /**
     * Brings back what has left.
     *
     * @param start where the attack began
     * @param moved of the shape of {@code start}
     */
    NDArray apply(NDArray start, NDArray moved);

    /** At most so far from the start, in L2. */
    static Constraint ball(double radius) {
        float limit = (float) radius;
        return (start, moved) -> {
            NDArray way = moved.sub(start);
            return start.add(way.mul(norm(way).maximum(limit).pow(-1).mul(limit)));
        };
    }

    /** With the mean and the root mean square of the start. */
    static Constraint sameMoments() {
        return (start, moved) -> {
            NDArray scale = rootMeanSquare(start).div(rootMeanSquare(moved));
            return moved.sub(mean(moved)).mul(scale).add(mean(start));
        };
    }

    /** An image: values in [0, 1]. */
    static Constraint pixels() {
        return (start, moved) -> moved.clip(0f, 1f);
    }

    /** This, and then another. */
    default Constraint then(Constraint next) {
        return (start, moved) -> next.apply(start, apply(start, moved));
    }

    /** L2 norm of each row, float32 [..., 1]. */
    static NDArray norm(NDArray array) {
        return array.square().sum(new int[] {-1}, true).sqrt();
    }

    private static NDArray mean(NDArray array) {
        return array.mean(new int[] {-1}, true);
    }

    private static NDArray rootMeanSquare(NDArray array) {
        return array.square().mean(new int[] {-1}, true).sqrt();
    }
}
