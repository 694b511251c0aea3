// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.bound;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;

/**
 * The numbers of samples at which counts are looked at, and the share of alpha that each look takes.
 *
 * <p>The looks are at 64 samples times powers of 3/2, rounded to a multiple of 32 so that batches are full, and the last
 * one at n; a look so close before the last that it would hardly tell anything is left out. The last look takes half of
 * alpha, the others share the other half equally: most of the radius that a fixed n would give is kept, and the early looks
 * decide the easy cases.
 *
 * <p>With the bound at each look at its share, the probability that any of them exceeds the truth is at most alpha, by
 * the union bound, although the samples of a look are among those of the next.
 */
public final class LookSchedule {
    private static final int UNIT = 64;
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
     * Looks at growing numbers of samples: 32, 64, 96, 160, 224, 320, 480 and so on. All votes of the second one and of the
     * seventh are just enough for radii of sigma and of 2 sigma, at alpha = 0.001 and n = 100,000.
     *
     * @param n number of samples at the last look, at least 1
     */
    public static LookSchedule rounded(long n) {
        return growing(UNIT / GROWTH, n, batches -> Math.floor(batches + 0.5));
    }

    /**
     * The looks of events of version 2: from 64 samples on, rounded up.
     *
     * @param n number of samples at the last look, at least 1
     */
    public static LookSchedule roundedUp(long n) {
        return growing(UNIT, n, Math::ceil);
    }

    private static LookSchedule growing(double first, long n, DoubleUnaryOperator rounding) {
        LongStream.Builder sizes = LongStream.builder();
        for (double size = first; size * Math.sqrt(GROWTH) < n; size *= GROWTH) {
            sizes.add(((long) rounding.applyAsDouble(size / MULTIPLE)) * MULTIPLE);
        }
        return new LookSchedule(sizes.add(n).build().toArray());
    }

    /** These looks but for those at fewer samples than that; the last one stays. */
    public LookSchedule from(long least) {
        return new LookSchedule(Arrays.stream(sizes)
                .filter(size -> size >= least || size == n())
                .toArray());
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
