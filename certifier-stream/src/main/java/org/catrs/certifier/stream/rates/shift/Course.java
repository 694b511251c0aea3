// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates.shift;

import java.util.Arrays;
import java.util.List;
import org.catrs.certifier.stream.rates.shift.MeasureState.CourseState;
import org.jspecify.annotations.Nullable;

/**
 * Answers since a beginning, and what they show. A shift may come at any time, and what went before it hides it: so courses
 * begin again and again. There are {@value #LENGTHS} lengths, from 128 answers on, each eight times that of the one before;
 * of each, a course begins whenever the one before it is half over.
 *
 * <p>The probability of a course to be wrong is its part of one that is given for all: the i-th of a length gets
 * 1/(i (i+1)) of what that length has, and all of them together no more than that.
 */
final class Course {
    static final int LENGTHS = 5;
    private static final long SHORTEST = 128;
    private static final int FACTOR = 8;

    private final int length;
    private final long number;
    private final double alpha;
    private final long[] successes;
    private long trials;

    private Course(int length, long number, double alpha, long trials, long[] successes) {
        this.length = length;
        this.number = number;
        this.alpha = alpha / LENGTHS / number / (number + 1);
        this.trials = trials;
        this.successes = successes;
    }

    /**
     * A course without answers.
     *
     * @param length which of the lengths it has, from 0
     * @param number its number among the courses of this length, from 1
     * @param alpha probability that any course shows a shift where there is none that matters
     */
    static Course begin(int length, long number, double alpha, int shares) {
        return new Course(length, number, alpha, 0, new long[shares]);
    }

    /** A course that was {@linkplain #state() kept}. */
    static Course of(CourseState state, double alpha) {
        long[] successes = state.successes().stream().mapToLong(Long::longValue).toArray();
        return new Course(state.length(), state.number(), alpha, state.trials(), successes);
    }

    /** Whether a course of a length begins after a number of answers. */
    static boolean beginsAfter(long answers, int length) {
        return answers % (longest(length) / 2) == 0;
    }

    private static long longest(int length) {
        return SHORTEST * Math.round(Math.pow(FACTOR, length));
    }

    CourseState state() {
        return new CourseState(
                length, number, trials, Arrays.stream(successes).boxed().toList());
    }

    boolean isOver() {
        return trials >= longest(length);
    }

    /** @param has for each share, whether the answer belongs to it */
    void add(boolean[] has) {
        trials++;
        for (int share = 0; share < successes.length; share++) {
            successes[share] += has[share] ? 1 : 0;
        }
    }

    /** The share that is farthest from the baseline of those outside their limits; null where all are inside. */
    @Nullable
    MovedShare moved(List<ShareLimits> limits) {
        MovedShare moved = null;
        for (int index = 0; index < successes.length; index++) {
            ShareLimits share = limits.get(index);
            if (share.areLeftBy(successes[index], trials, alpha / successes.length)) {
                double now = (double) successes[index] / trials;
                MovedShare found = new MovedShare(share.share().toString(), share.baseline(), now, trials);
                moved = moved == null || found.distance() > moved.distance() ? found : moved;
            }
        }
        return moved;
    }
}
