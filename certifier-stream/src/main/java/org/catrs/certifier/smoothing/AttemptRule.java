// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.catrs.certifier.smoothing.bound.CertifiedRadius;
import org.catrs.certifier.smoothing.bound.ClopperPearson;
import org.catrs.certifier.smoothing.bound.LookSchedule;
import org.catrs.certifier.smoothing.bound.LowerBound;
import org.catrs.certifier.smoothing.bound.MixtureBound;
import org.catrs.certifier.smoothing.bound.RadiusThresholds;
import org.catrs.schemas.event.Sampling.Look;
import org.catrs.schemas.event.Sampling.Stop;
import org.jspecify.annotations.Nullable;

/**
 * When an attempt looks at its counts, what it decides there, and what the counts show, for one plan and one share of
 * alpha. Safe for use by several threads.
 */
final class AttemptRule {
    /**
     * Share of the certificate's alpha that the first attempt takes. Each further one takes the same share of what is left,
     * so that no share is spent twice and all together stay below alpha, however many attempts there are. A restart is
     * rare; the first attempt keeps so much that the radius hardly suffers.
     */
    private static final double FIRST_SHARE = 0.875;

    private final SmoothingParameters parameters;
    private final double alpha;
    private final LookSchedule schedule;
    private final LowerBound bound;
    private final double[] levels;
    private final @Nullable RadiusThresholds thresholds;
    private final boolean targeted;
    /** Share of the radius that n samples could give at which sampling ends; 0 for none. */
    private final double fraction;

    private AttemptRule(
            SmoothingParameters parameters,
            double alpha,
            LookSchedule schedule,
            LowerBound bound,
            double[] levels,
            @Nullable Double target,
            double fraction) {
        this.parameters = parameters;
        this.alpha = alpha;
        this.schedule = schedule;
        this.bound = bound;
        this.levels = levels;
        this.targeted = target != null;
        this.fraction = fraction;
        this.thresholds = schedule.looks() == 1 && target == null
                ? null
                : new RadiusThresholds(
                        parameters.sigma(),
                        target == null ? Double.MIN_VALUE : target,
                        schedule,
                        bound,
                        levels,
                        parameters.alpha());
    }

    /** One look at all n samples, for the whole of alpha: the paper's protocol, which knows one attempt. */
    static AttemptRule once(SmoothingParameters parameters) {
        return new AttemptRule(
                parameters,
                parameters.alpha(),
                LookSchedule.once(parameters.n()),
                ClopperPearson::lowerBound,
                new double[] {parameters.alpha()},
                null,
                0);
    }

    /**
     * Looks at set numbers of samples, which share the attempt's alpha.
     *
     * @param attempt 0 for the first one
     * @param target radius at which sampling ends; null for none
     * @param fraction share of the radius that n samples could give at which sampling ends; 0 for none
     */
    static AttemptRule ofScheduledLooks(
            SmoothingParameters parameters, int attempt, @Nullable Double target, double fraction) {
        double alpha = alpha(parameters, attempt);
        LookSchedule growing = LookSchedule.growing(parameters.n());
        double[] shared = IntStream.range(0, growing.looks())
                .mapToDouble(look -> alpha * growing.share(look))
                .toArray();
        return new AttemptRule(parameters, alpha, growing, ClopperPearson::lowerBound, shared, target, fraction);
    }

    /**
     * A bound that holds at all numbers of samples at once, for the attempt's alpha.
     *
     * @param attempt 0 for the first one
     * @param target radius at which sampling ends; null for none
     */
    static AttemptRule ofAnyLooks(SmoothingParameters parameters, int attempt, @Nullable Double target) {
        double alpha = alpha(parameters, attempt);
        LookSchedule growing = LookSchedule.growing(parameters.n());
        double[] whole = new double[growing.looks()];
        Arrays.fill(whole, alpha);
        return new AttemptRule(parameters, alpha, growing, MixtureBound::lowerBound, whole, target, 0);
    }

    private static double alpha(SmoothingParameters parameters, int attempt) {
        return parameters.alpha() * FIRST_SHARE * Math.pow(1 - FIRST_SHARE, attempt);
    }

    /** The attempt's share of the certificate's failure probability. */
    double alpha() {
        return alpha;
    }

    LookSchedule schedule() {
        return schedule;
    }

    /** A look of the schedule. */
    Look look(int look, long count) {
        return new Look(schedule.size(look), count, levels[look]);
    }

    /** A look beside the schedule, which only a bound that holds at all numbers of samples allows. */
    Look unscheduledLook(long n, long count) {
        return new Look(n, count, alpha);
    }

    /** What to do at a look of the schedule: end sampling for a reason, or go on. */
    @Nullable
    Stop decide(int look, long count) {
        if (targeted && thresholds != null && count >= thresholds.reached(look)) {
            return Stop.TARGET_REACHED;
        }
        if (isOutOfReach(look, count)) {
            return Stop.TARGET_OUT_OF_REACH;
        }
        if (look == schedule.looks() - 1) {
            return Stop.ALL_SAMPLES;
        }
        return fraction > 0 && isPrecise(look, count) ? Stop.PRECISE_ENOUGH : null;
    }

    /** Whether a class with so many votes has no hope of the target, or of any radius where there is no target. */
    boolean isOutOfReach(int look, long count) {
        return thresholds != null && count <= thresholds.outOfReach(look);
    }

    /**
     * The lower bound of the candidate's probability that the looks of an attempt show: the greatest of theirs, which hold
     * together.
     */
    double lowerBound(List<Look> looks) {
        return looks.stream()
                .mapToDouble(look -> bound.of(look.count(), look.n(), look.alpha()))
                .max()
                .orElse(0);
    }

    /** Whether the radius is near that of n samples, if the class's probability were as great as it may be. */
    private boolean isPrecise(int look, long count) {
        long n = schedule.n();
        double upper = ClopperPearson.upperBound(count, schedule.size(look), parameters.alpha() / schedule.looks());
        long most = Math.min(n, (long) Math.ceil(upper * n));
        double reachable = radius(ClopperPearson.lowerBound(most, n, levels[schedule.looks() - 1]));
        return radius(bound.of(count, schedule.size(look), levels[look])) >= fraction * reachable;
    }

    private double radius(double probability) {
        return CertifiedRadius.of(parameters.sigma(), probability);
    }
}
