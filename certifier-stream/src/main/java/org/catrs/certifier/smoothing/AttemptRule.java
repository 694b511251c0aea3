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
            boolean targeted,
            double fraction,
            @Nullable RadiusThresholds thresholds) {
        this.parameters = parameters;
        this.alpha = alpha;
        this.schedule = schedule;
        this.bound = bound;
        this.levels = levels;
        this.targeted = targeted;
        this.fraction = fraction;
        this.thresholds = thresholds;
    }

    /** One look at all n samples, for the whole of alpha: the paper's protocol, which knows one attempt. */
    static AttemptRule once(SmoothingParameters parameters) {
        LookSchedule once = LookSchedule.once(parameters.n());
        double[] whole = {parameters.alpha()};
        return new AttemptRule(parameters, parameters.alpha(), once, ClopperPearson::lowerBound, whole, false, 0, null);
    }

    /**
     * Looks at set numbers of samples, which share the attempt's alpha.
     *
     * @param target radius at which sampling ends; null for none
     * @param fraction share of the radius that n samples could give at which sampling ends; 0 for none
     */
    static AttemptRule ofScheduledLooks(
            SmoothingParameters parameters, AttemptPlace place, @Nullable Double target, double fraction) {
        double alpha = place.alpha(parameters);
        LookSchedule schedule = place.version().adaptiveLooks(parameters.n());
        double[] shared = IntStream.range(0, schedule.looks())
                .mapToDouble(look -> alpha * schedule.share(look))
                .toArray();
        return growing(parameters, place, schedule, ClopperPearson::lowerBound, shared, target, fraction);
    }

    /**
     * A bound that holds at all numbers of samples at once, for the attempt's alpha.
     *
     * @param target radius at which sampling ends; null for none
     */
    static AttemptRule ofAnyLooks(SmoothingParameters parameters, AttemptPlace place, @Nullable Double target) {
        double alpha = place.alpha(parameters);
        LookSchedule schedule = place.version().deadlineLooks(parameters.n());
        double[] whole = new double[schedule.looks()];
        Arrays.fill(whole, alpha);
        return growing(parameters, place, schedule, MixtureBound::lowerBound, whole, target, 0);
    }

    private static AttemptRule growing(
            SmoothingParameters parameters,
            AttemptPlace place,
            LookSchedule schedule,
            LowerBound bound,
            double[] levels,
            @Nullable Double target,
            double fraction) {
        RadiusThresholds thresholds = schedule.looks() == 1 && target == null
                ? null
                : new RadiusThresholds(
                        parameters.sigma(),
                        target == null ? Double.MIN_VALUE : target,
                        schedule,
                        bound,
                        levels,
                        place.givingUp(parameters, schedule));
        return new AttemptRule(
                parameters, place.alpha(parameters), schedule, bound, levels, target != null, fraction, thresholds);
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
