// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console.view;

import java.util.List;
import org.catrs.schemas.event.CertifiedPrediction;
import org.jspecify.annotations.Nullable;

/**
 * All of an answer.
 *
 * @param certificate the event, as its topic has it; null for a rejected image
 * @param attempts what each attempt's looks showed; empty for a rejected image
 * @param meaning of the reason why it was rejected, in a sentence; null unless it was
 * @param remedy what to do about that, in a sentence; null unless it was rejected
 */
public record Detail(
        @Nullable CertifiedPrediction certificate,
        List<Attempt> attempts,
        @Nullable String meaning,
        @Nullable String remedy) {
    /** Copies the list. */
    public Detail {
        attempts = List.copyOf(attempts);
    }

    /**
     * Samples that bound the probability of one class.
     *
     * @param candidate the class
     * @param looks in their order
     */
    public record Attempt(int candidate, List<Look> looks) {
        /** Copies the list. */
        public Attempt {
            looks = List.copyOf(looks);
        }
    }

    /**
     * A look at the counts.
     *
     * @param n samples by then
     * @param count votes for the candidate
     * @param lowerBound of the candidate's probability that this look shows, rounded down
     * @param radius that this bound gives, rounded down; 0 where it gives none
     */
    public record Look(long n, long count, double lowerBound, double radius) {}
}
