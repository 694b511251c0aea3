// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.bound;

/**
 * When a class is given up: where its probability is too low by an upper confidence bound. No certificate depends on it:
 * who gives up too early shows a smaller radius than the samples could have shown.
 *
 * @param hope what the class must be able to reach
 * @param level probability at a look that a class is given up which just reaches it, above 0 and below 1/2
 */
public record GivingUp(Hope hope, double level) {
    /** What a class must be able to reach. */
    public enum Hope {
        /** Its true probability must give the radius, however many samples would show that. */
        OF_THE_RADIUS,
        /** Its true probability must be the share of votes by which the last look shows the radius. */
        OF_THE_LAST_LOOK
    }

    /** Whether a class with so many votes may still reach it. */
    boolean isHopeLeft(long count, long n, double sigma, double radius, double lastShare) {
        double upper = ClopperPearson.upperBound(count, n, level);
        return switch (hope) {
            case OF_THE_RADIUS -> upper == 1 || CertifiedRadius.of(sigma, upper) >= radius;
            case OF_THE_LAST_LOOK -> upper >= lastShare;
        };
    }
}
