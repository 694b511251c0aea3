// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import org.catrs.certifier.smoothing.bound.GivingUp;
import org.catrs.certifier.smoothing.bound.LookSchedule;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.schemas.event.Sampling;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which the attempts of a certificate draw their samples, share alpha, look at the counts and give up. New
 * certificates follow {@link #CURRENT}; older ones are made again by the rules that they were made by.
 */
enum PlanVersion {
    /**
     * Events of version 2. An attempt's samples follow those of the attempt before, so that where that one ended decides
     * which samples the next one gets.
     */
    SHARED_PHASE {
        @Override
        @Nullable
        Integer writtenPhase(int attempt) {
            return null;
        }

        @Override
        Phase phase(int attempt) {
            return Phase.ESTIMATION;
        }

        @Override
        long firstSample(long before) {
            return before;
        }

        @Override
        double alpha(double alpha, int attempt, int classes) {
            return share(alpha, attempt);
        }

        @Override
        LookSchedule adaptiveLooks(long n) {
            return LookSchedule.roundedUp(n);
        }

        @Override
        LookSchedule deadlineLooks(long n) {
            return LookSchedule.roundedUp(n);
        }

        @Override
        GivingUp givingUp(double alpha, int looks) {
            return new GivingUp(GivingUp.Hope.OF_THE_RADIUS, alpha / looks);
        }
    },

    /**
     * Events from version 3 on. An attempt draws from a phase of its own, whose samples nothing before depends on. Whoever
     * chooses the target radius, or the time, may still choose which class it is about: each of the K classes that it could
     * be about has a K-th of its share.
     */
    OWN_PHASES {
        @Override
        Integer writtenPhase(int attempt) {
            return phase(attempt).code();
        }

        @Override
        Phase phase(int attempt) {
            return Phase.ofAttempt(attempt);
        }

        @Override
        long firstSample(long before) {
            return 0;
        }

        @Override
        double alpha(double alpha, int attempt, int classes) {
            return attempt == 0 ? share(alpha, attempt) : share(alpha, attempt) / classes;
        }

        @Override
        LookSchedule adaptiveLooks(long n) {
            return LookSchedule.rounded(n);
        }

        @Override
        LookSchedule deadlineLooks(long n) {
            return LookSchedule.rounded(n).from(SampleDrawing.SMALLEST_CHUNK);
        }

        @Override
        GivingUp givingUp(double alpha, int looks) {
            return new GivingUp(GivingUp.Hope.OF_THE_LAST_LOOK, GIVING_UP);
        }
    };

    /** The rules of new certificates. */
    static final PlanVersion CURRENT = OWN_PHASES;

    /**
     * Share of the certificate's alpha that the first attempt takes. Each further one takes the same share of what is left,
     * so that no share is spent twice and all together stay below alpha, however many attempts there are. A restart is
     * rare; the first attempt keeps so much that the radius hardly suffers.
     */
    private static final double FIRST_SHARE = 0.875;

    /**
     * Probability at each look that a class is given up whose share of votes is just the one that the last look needs.
     * SAMPLING-PLANS.md has what it costs and saves.
     */
    private static final double GIVING_UP = 0.0025;

    /** The rules that a certificate was made by. */
    static PlanVersion of(Sampling sampling) {
        return sampling.last().phase() == null ? SHARED_PHASE : OWN_PHASES;
    }

    /**
     * The phase that an attempt names in its certificate; null for none.
     *
     * @param attempt 0 for the first one
     */
    abstract @Nullable Integer writtenPhase(int attempt);

    /**
     * The phase that an attempt draws from.
     *
     * @param attempt 0 for the first one
     */
    abstract Phase phase(int attempt);

    /**
     * Index in its phase of an attempt's first sample.
     *
     * @param before number of samples of the attempts before
     */
    abstract long firstSample(long before);

    /**
     * The failure probability of an attempt.
     *
     * @param alpha that of the certificate
     * @param attempt 0 for the first one
     * @param classes number of classes
     */
    abstract double alpha(double alpha, int attempt, int classes);

    /** When an adaptive plan looks at the counts, up to n samples. */
    abstract LookSchedule adaptiveLooks(long n);

    /** When a deadline plan decides about going on, up to n samples. */
    abstract LookSchedule deadlineLooks(long n);

    /**
     * When a class is given up.
     *
     * @param alpha failure probability of the certificate
     * @param looks number of looks of an attempt
     */
    abstract GivingUp givingUp(double alpha, int looks);

    private static double share(double alpha, int attempt) {
        return alpha * FIRST_SHARE * Math.pow(1 - FIRST_SHARE, attempt);
    }
}
