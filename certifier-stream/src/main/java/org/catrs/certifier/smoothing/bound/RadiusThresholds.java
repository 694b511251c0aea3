// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.bound;

import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * What a radius asks of the count at each look, in whole votes: the loop that draws samples compares two integers.
 * Thresholds are computed when they are first asked for, by the very functions that give the certificate its radius, so
 * that a count at the threshold is certified at the radius. Safe for use by several threads.
 */
public final class RadiusThresholds {
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final double sigma;
    private final double radius;
    private final LookSchedule schedule;
    private final LowerBound bound;
    private final double[] levels;
    private final GivingUp givingUp;
    private final long[] reached;
    private final long[] outOfReach;

    /**
     * @param sigma standard deviation of the noise, in units of pixels scaled to [0, 1]
     * @param radius L2, in the same units, above 0; the smallest double for any radius at all
     * @param bound the lower bound of the certificate
     * @param levels its level at each look
     */
    public RadiusThresholds(
            double sigma, double radius, LookSchedule schedule, LowerBound bound, double[] levels, GivingUp givingUp) {
        this.sigma = sigma;
        this.radius = radius;
        this.schedule = schedule;
        this.bound = bound;
        this.levels = levels.clone();
        this.givingUp = givingUp;
        this.reached = new long[schedule.looks()];
        this.outOfReach = new long[schedule.looks()];
        Arrays.fill(reached, UNKNOWN);
        Arrays.fill(outOfReach, UNKNOWN);
    }

    /** Smallest count that is certified at the radius; more than the samples when none is. */
    public synchronized long reached(int look) {
        if (reached[look] == UNKNOWN) {
            long n = schedule.size(look);
            reached[look] = first(n, count -> CertifiedRadius.of(sigma, bound.of(count, n, levels[look])) >= radius);
        }
        return reached[look];
    }

    /**
     * Largest count for which the radius is out of reach: with so few votes, the class's probability is too low, or the
     * schedule has too few samples even if all succeed. -1 when no count is so small.
     */
    public synchronized long outOfReach(int look) {
        if (outOfReach[look] == UNKNOWN) {
            long n = schedule.size(look);
            long needed = reached(schedule.looks() - 1);
            double share = (double) needed / schedule.n();
            outOfReach[look] = needed > schedule.n()
                    ? n
                    : first(n, count -> givingUp.isHopeLeft(count, n, sigma, radius, share)) - 1;
        }
        return outOfReach[look];
    }

    /** The smallest count from 0 to n that fulfils a condition which all greater ones fulfil; n + 1 when none does. */
    private static long first(long n, LongPredicate condition) {
        long below = -1;
        long from = n + 1;
        while (from - below > 1) {
            long middle = below + (from - below) / 2;
            if (condition.test(middle)) {
                from = middle;
            } else {
                below = middle;
            }
        }
        return from;
    }
}
