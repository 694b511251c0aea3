// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.data;

import java.util.random.RandomGenerator;

/**
 * A linear map of the plane about the middle of an image, from places in a view to places in the image: turned, stretched
 * and slanted a little, as handwriting is.
 *
 * @param downByRow how far down in the image one row of the view leads
 * @param downByColumn how far down one column leads
 * @param rightByRow how far to the right one row leads
 * @param rightByColumn how far to the right one column leads
 */
record Warp(double downByRow, double downByColumn, double rightByRow, double rightByColumn) {
    /** Leaves every place where it is. */
    static final Warp NONE = new Warp(1, 0, 0, 1);

    /**
     * A random one.
     *
     * @param strength most that each of the four numbers is away from {@link #NONE}'s, at least 0
     */
    static Warp draw(double strength, RandomGenerator random) {
        return strength == 0
                ? NONE
                : new Warp(
                        1 + offset(strength, random),
                        offset(strength, random),
                        offset(strength, random),
                        1 + offset(strength, random));
    }

    private static double offset(double strength, RandomGenerator random) {
        return strength * (2 * random.nextDouble() - 1);
    }

    /** Row in the image, measured from its middle as the arguments are. */
    double down(double row, double column) {
        return downByRow * row + downByColumn * column;
    }

    /** Column in the image, measured from its middle as the arguments are. */
    double right(double row, double column) {
        return rightByRow * row + rightByColumn * column;
    }
}
