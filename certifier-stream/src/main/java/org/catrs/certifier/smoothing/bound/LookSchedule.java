// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.bound;

import java.util.Arrays;

/**
 * The numbers of samples at which counts are looked at, and the share of alpha that each look takes.
 *
 * <p>The first look is at 64 samples, each further one at half as many again, rounded up to a multiple of 32 so that
 * batches are full, and the last one at n; a look so close before the last that it would hardly tell anything is left
 * out. The last look takes half of alpha, the others share the other half equally: most of the radius that a fixed n would give is kept, and the
 * early looks decide the easy cases.
 *
 * <p>With the bound at each look at its share, the probability that any of them exceeds the truth is at most alpha, by
 * the union bound, although the samples of a look are among those of the next.
 */
public final class LookSchedule {
    private static final int FIRST = 64;
    private static final double GROWTH = 1.5;
    private static final int MULTIPLE = 32;

    private final long[] sizes;

    private LookSchedule(long[] sizes) {
        this.sizes = sizes;
    }

    /**
     * A single look.
     *
     * @param n number of samples, at least 1
     */
    public static LookSchedule once(long n) {
        return new LookSchedule(new long[] {n});
    }

    /**
     * Looks at growing numbers of samples.
     *
     * @param n number of samples at the last look, at least 1
     */
    public static LookSchedule growing(long n) {
        long[] sizes = new long[64];
        int looks = 0;
        for (double size = FIRST; size * Math.sqrt(GROWTH) < n; size *= GROWTH) {
            sizes[looks] = (long) Math.ceil(size / MULTIPLE) * MULTIPLE;
            looks++;
        }
        sizes[looks] = n;
        return new LookSchedule(Arrays.copyOf(sizes, looks + 1));
    }

    /** Number of looks, at least 1. */
    public int looks() {
        return sizes.length;
    }

    /** Number of samples by a look, from the first of them on. */
    public long size(int look) {
        return sizes[look];
    }

    /** Number of samples by the last look. */
    public long n() {
        return sizes[sizes.length - 1];
    }

    /** Share of alpha that a look takes; all add up to 1. */
    public double share(int look) {
        if (sizes.length == 1) {
            return 1;
        }
        return look == sizes.length - 1 ? 0.5 : 0.5 / (sizes.length - 1);
    }

    /** The first look at more than so many samples; {@link #looks()} when there is none. */
    public int after(long samples) {
        int look = 0;
        while (look < sizes.length && sizes[look] <= samples) {
            look++;
        }
        return look;
    }
}
