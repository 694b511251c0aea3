// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

/**
 * How urgently an image's samples are needed, for a base classifier that serves several images at once. It decides who
 * waits, never a vote.
 *
 * @param isDue whether there is a moment after which more samples are of no use
 * @param due that moment, as {@link System#nanoTime()} counts; 0 where there is none
 */
public record Urgency(boolean isDue, long due) implements Comparable<Urgency> {
    /** The samples are of use whenever they come. */
    public static final Urgency NONE = new Urgency(false, 0);

    /** Samples are of use until a moment, as {@link System#nanoTime()} counts. */
    public static Urgency until(long nanoTime) {
        return new Urgency(true, nanoTime);
    }

    /** The more urgent of two. */
    public Urgency or(Urgency other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** The nearest moment first, and last what has none. */
    @Override
    public int compareTo(Urgency other) {
        if (!isDue || !other.isDue) {
            return Boolean.compare(other.isDue, isDue);
        }
        // Moments are compared by their difference, since nanoTime may overflow.
        return Long.signum(due - other.due);
    }
}
