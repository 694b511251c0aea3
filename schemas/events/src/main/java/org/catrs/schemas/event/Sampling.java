// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a sampling plan spent the estimation samples of a certificate: what was asked for, every look at the counts, and
 * why sampling ended.
 *
 * @param targetRadius L2 radius that was asked for, in units of pixels scaled to [0, 1]; null without one
 * @param radiusFraction share of the radius that all samples could give at which sampling ends; null where nobody asked
 *     for one
 * @param deadlineSeconds time budget; null without one
 * @param maxN most estimation samples of an attempt
 * @param stop why sampling ended
 * @param attempts one for each candidate class, in order; the last one gave the certificate
 */
public record Sampling(
        @Nullable Double targetRadius,
        @Nullable Double radiusFraction,
        @Nullable Double deadlineSeconds,
        long maxN,
        Stop stop,
        List<Attempt> attempts) {
    /** @throws IllegalArgumentException when a value is outside its range, or values contradict each other */
    public Sampling {
        if (targetRadius != null) {
            Checks.checkPositive(targetRadius, "targetRadius");
        }
        if (radiusFraction != null) {
            Checks.checkInside01(radiusFraction, "radiusFraction");
        }
        if (deadlineSeconds != null) {
            Checks.checkPositive(deadlineSeconds, "deadlineSeconds");
        }
        Checks.check(maxN >= 1, "maxN is at least 1", maxN);
        attempts = List.copyOf(attempts);
        Checks.check(!attempts.isEmpty(), "a certificate takes at least one attempt", attempts);
        boolean sharePhase = attempts.get(0).phase() == null;
        long spent = 0;
        for (int i = 0; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            Checks.check(
                    sharePhase
                            ? attempt.phase() == null
                            : Integer.valueOf(1 + i).equals(attempt.phase()),
                    "attempts share a phase, which none of them names, or attempt " + i + " draws from phase "
                            + (1 + i),
                    String.valueOf(attempt.phase()));
            long first = sharePhase ? spent : 0;
            Checks.check(
                    attempt.firstSample() == first,
                    sharePhase
                            ? "an attempt begins with the sample after the attempt before, here " + first
                            : "an attempt begins with the first sample of its phase, which is 0",
                    attempt.firstSample());
            Checks.check(attempt.n() <= maxN, "an attempt takes at most maxN = " + maxN + " samples", attempt.n());
            spent += attempt.n();
        }
    }

    /** The attempt that gave the certificate. */
    public Attempt last() {
        return attempts.get(attempts.size() - 1);
    }

    /** Number of estimation samples of all attempts. */
    public long samples() {
        return attempts.stream().mapToLong(Attempt::n).sum();
    }

    /** Why sampling ended. */
    public enum Stop {
        /** All samples of the plan were drawn. */
        ALL_SAMPLES,
        /** The certified radius is at least the target. */
        TARGET_REACHED,
        /** No further sample is likely to help: the upper bound, too, gives less than the target. */
        TARGET_OUT_OF_REACH,
        /** The certified radius is at least the wanted share of what all samples could give. */
        PRECISE_ENOUGH,
        /** The time was up. */
        DEADLINE,
        /** The service was stopped. */
        SHUTDOWN,
        /** Too many images were waiting. */
        BACK_PRESSURE;

        /** Whether somebody asked sampling to end, where the counts did not. */
        public boolean isAskedFor() {
            return switch (this) {
                case ALL_SAMPLES, TARGET_REACHED, TARGET_OUT_OF_REACH, PRECISE_ENOUGH -> false;
                case DEADLINE, SHUTDOWN, BACK_PRESSURE -> true;
            };
        }
    }

    /**
     * Samples that bound the probability of one class.
     *
     * @param candidate the class whose probability is bounded
     * @param alpha the attempt's share of the certificate's failure probability
     * @param firstSample index of the attempt's first sample in its phase: 0, or where the attempt before ended, for those
     *     that share a phase
     * @param phase phase of the noise that the attempt draws from, 1 for the first; null in records of version 2, whose
     *     attempts share phase 1
     * @param looks the looks at the counts, in order
     */
    public record Attempt(
            int candidate,
            double alpha,
            long firstSample,
            @Nullable Integer phase,
            List<Look> looks) {
        /** @throws IllegalArgumentException when a value is outside its range, or values contradict each other */
        public Attempt {
            Checks.check(candidate >= 0, "a candidate is at least 0", candidate);
            Checks.checkInside01(alpha, "an attempt's alpha");
            Checks.check(firstSample >= 0, "firstSample is at least 0", firstSample);
            looks = List.copyOf(looks);
            Checks.check(!looks.isEmpty(), "an attempt takes at least one look", looks);
            for (int i = 1; i < looks.size(); i++) {
                Look earlier = looks.get(i - 1);
                Look later = looks.get(i);
                long more = later.n() - earlier.n();
                long moreVotes = later.count() - earlier.count();
                Checks.check(
                        more > 0 && moreVotes >= 0 && moreVotes <= more,
                        "each look has more samples than the one before, and at most as many votes more",
                        earlier + " and " + later);
            }
        }

        /** Number of estimation samples. */
        public long n() {
            return looks.get(looks.size() - 1).n();
        }

        /** Votes for the candidate among them. */
        public long count() {
            return looks.get(looks.size() - 1).count();
        }
    }

    /**
     * A look at an attempt's counts.
     *
     * @param n number of the attempt's estimation samples by this look
     * @param count votes for the candidate among them
     * @param alpha level of the bound at this look
     */
    public record Look(long n, long count, double alpha) {
        /** @throws IllegalArgumentException when a value is outside its range */
        public Look {
            Checks.check(n >= 0 && count >= 0 && count <= n, "0 <= count <= n at each look", count + " of " + n);
            Checks.checkInside01(alpha, "a look's alpha");
        }
    }
}
