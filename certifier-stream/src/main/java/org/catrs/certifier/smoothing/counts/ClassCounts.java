// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.counts;

import java.util.Arrays;
import java.util.List;

/** Votes by class over a phase's noise samples. Immutable. */
public final class ClassCounts {
    private final long[] votes;
    private final long samples;

    /**
     * @param votes votes by class; copied
     * @param samples number of samples drawn, at least the number of votes: a sample whose noise or logits failed votes
     *     for no class
     * @throws IllegalArgumentException when there is no class, a negative vote, or more votes than samples
     */
    public ClassCounts(long[] votes, long samples) {
        long sum = Arrays.stream(votes).sum();
        if (votes.length == 0 || Arrays.stream(votes).anyMatch(vote -> vote < 0) || sum > samples) {
            throw new IllegalArgumentException(
                    "counts need classes and at most " + samples + " votes, found " + Arrays.toString(votes));
        }
        this.votes = votes.clone();
        this.samples = samples;
    }

    /** The counts before the first sample. */
    public static ClassCounts none(int classes) {
        return new ClassCounts(new long[classes], 0);
    }

    /** Number of classes. */
    public int classes() {
        return votes.length;
    }

    /** Votes for a class. */
    public long of(int label) {
        return votes[label];
    }

    /** Number of samples drawn. */
    public long samples() {
        return samples;
    }

    /**
     * These votes and others together.
     *
     * @param others of as many classes
     */
    public ClassCounts plus(ClassCounts others) {
        long[] sum = votes.clone();
        for (int label = 0; label < sum.length; label++) {
            sum[label] += others.votes[label];
        }
        return new ClassCounts(sum, samples + others.samples);
    }

    /** The class with most votes; the lowest of those that tie. */
    public int top() {
        int top = 0;
        for (int label = 1; label < votes.length; label++) {
            if (votes[label] > votes[top]) {
                top = label;
            }
        }
        return top;
    }

    /** Votes by class, in the order of the labels. */
    public List<Long> toList() {
        return Arrays.stream(votes).boxed().toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClassCounts that && samples == that.samples && Arrays.equals(votes, that.votes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(votes) + Long.hashCode(samples);
    }

    @Override
    public String toString() {
        return Arrays.toString(votes) + " of " + samples;
    }
}
