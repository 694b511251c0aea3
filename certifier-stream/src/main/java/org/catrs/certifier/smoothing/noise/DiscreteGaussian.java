// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.noise;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The exact discrete Gaussian on the 1/255 grid: N(0, sigma^2) rounded to the nearest multiple of 1/255, sampled by
 * integers alone. Voracek and Hein, "Sound Randomized Smoothing in Floating-Point Arithmetic", ICLR 2023.
 *
 * <p>With K = max(1, floor(6 sigma)), the values are the steps z from -255(K+1) to 255(K+1), whose ends take all that
 * lies beyond; that changes nothing, because noisy pixels are clipped to [-K, K+1]. A uniform u in [0, 2^60) draws the
 * first value whose threshold exceeds it; thresholds are running sums of the values' masses, each rounded down. So no
 * value is drawn with more than its true probability, and the few u that are left draw nothing: a sample with such a
 * pixel fails and votes for no class, which can only lower the counts that a certificate rests on.
 */
final class DiscreteGaussian {
    /** Steps of the grid in 1. */
    static final int STEPS = 255;

    /** Bits of u below the 16 that index the guide. */
    static final int LOW_BITS = 44;

    private static final Map<Double, DiscreteGaussian> CACHE = new ConcurrentHashMap<>();

    private final int extent;
    private final int limit;
    private final long[] thresholds;
    private final short[] lowest;
    private final short[] guide;
    private final short[] steps;
    private final float[] levels;

    /** @param masses of the steps 0 to the limit in units of 2^-60; the steps below 0 mirror them */
    DiscreteGaussian(int extent, long[] masses) {
        this.extent = extent;
        limit = masses.length - 1;
        thresholds = runningSums(masses);
        lowest = new short[1 << 16];
        guide = new short[1 << 16];
        int step = -limit;
        for (int high = 0; high < guide.length; high++) {
            step = firstAbove((long) high << LOW_BITS, step);
            lowest[high] = (short) step;
            int last = firstAbove(((high + 1L) << LOW_BITS) - 1, step);
            guide[high] = (short) (step == last ? step : none());
        }
        steps = noisySteps();
        levels = new float[steps.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = steps[i] / (float) STEPS;
        }
    }

    private short[] noisySteps() {
        int lowestStep = -STEPS * extent;
        int highestStep = STEPS * (extent + 1);
        short[] sums = new short[STEPS + 2 * limit + 2];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = (short) Math.max(lowestStep, Math.min(highestStep, i - limit));
        }
        return sums;
    }

    /**
     * The distribution for a sigma; computed once.
     *
     * @param sigma in the range of {@link NoiseKind#requireSigma}
     */
    static DiscreteGaussian of(double sigma) {
        return CACHE.computeIfAbsent(sigma, DiscreteGaussian::compute);
    }

    private static DiscreteGaussian compute(double sigma) {
        int extent = (int) Math.max(1, Math.floor(6 * sigma));
        return new DiscreteGaussian(extent, NormalCells.masses(sigma, STEPS * (extent + 1)));
    }

    /** K: noisy pixels are clipped to [-K, K+1]. */
    int extent() {
        return extent;
    }

    /** The largest value in steps of 1/255; the smallest is its negative. */
    int limit() {
        return limit;
    }

    /** What stands for no value: one more than the largest. */
    int none() {
        return limit + 1;
    }

    /** The value that u in [0, 2^60) draws, or {@link #none()}. */
    int value(long u) {
        return firstAbove(u, lowest[(int) (u >>> LOW_BITS)]);
    }

    private int firstAbove(long u, int from) {
        int step = from;
        while (step <= limit && thresholds[step + limit] <= u) {
            step++;
        }
        return step;
    }

    /**
     * By the top 16 bits of u: the value that they settle, or {@link #none()} where the low 44 bits matter. The array
     * is shared and must not be written.
     */
    short[] guide() {
        return guide;
    }

    /**
     * By the sum of an 8-bit value, a noise and {@link #limit()}: the noisy value in steps of the grid, clipped. The array
     * is shared and must not be written.
     */
    short[] steps() {
        return steps;
    }

    /** The same as floats. The array is shared and must not be written. */
    float[] levels() {
        return levels;
    }

    /** Running sums of the values' masses in units of 2^-60, from the smallest value to the largest. */
    long[] thresholds() {
        return thresholds.clone();
    }

    private static long[] runningSums(long[] masses) {
        int limit = masses.length - 1;
        long[] sums = new long[2 * limit + 1];
        Arrays.setAll(sums, i -> masses[Math.abs(i - limit)]);
        Arrays.parallelPrefix(sums, Long::sum);
        return sums;
    }
}
