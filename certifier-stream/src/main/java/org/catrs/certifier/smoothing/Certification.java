// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import java.util.ArrayList;
import java.util.List;
import org.catrs.certifier.smoothing.bound.CertifiedRadius;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.Sampling;
import org.catrs.schemas.event.Sampling.Attempt;
import org.catrs.schemas.event.Sampling.Look;
import org.catrs.schemas.event.Sampling.Stop;
import org.catrs.schemas.image.ImageTensor;
import org.jspecify.annotations.Nullable;

/**
 * A certificate in the making: attempts one after another, each about one class and on samples of its own.
 *
 * <p>The first attempt's class is chosen by the selection samples; each further one's by the samples of the attempt
 * before, and by whatever decided where that one ended: a target radius, the time. An attempt's own samples are independent
 * of all that. So for each class that an attempt can be about, its bounds exceed the truth at any look with probability at
 * most what {@link PlanVersion} gives it, and those of all attempts together with at most alpha.
 */
final class Certification {
    /** A majority class that is missed so often is none. */
    private static final int MOST_ATTEMPTS = 4;

    private final BaseClassifier base;
    private final ImageTensor image;
    private final SmoothingParameters parameters;
    private final AttemptRules rules;
    private final SamplingPlan plan;
    private final PlanVersion version;
    private final StopCondition stopCondition;
    private final Seed seed;
    private final ClassCounts selection;
    private final List<Attempt> finished = new ArrayList<>();
    private final List<Look> looks = new ArrayList<>();
    private int candidate;
    private ClassCounts counts;

    /** @param selection votes over the selection samples; their top class is the first candidate */
    Certification(
            BaseClassifier base,
            ImageTensor image,
            SmoothingParameters parameters,
            AttemptRules rules,
            SamplingPlan plan,
            PlanVersion version,
            StopCondition stopCondition,
            Seed seed,
            ClassCounts selection) {
        this.base = base;
        this.image = image;
        this.parameters = parameters;
        this.rules = rules;
        this.plan = plan;
        this.version = version;
        this.stopCondition = stopCondition;
        this.seed = seed;
        this.selection = selection;
        this.candidate = selection.top();
        this.counts = ClassCounts.none(base.classes());
    }

    /** Goes on where an earlier certification was, draws samples as the plan says, and concludes from all of them. */
    Certificate resume(Evidence earlier) {
        List<Attempt> attempts = earlier.sampling().attempts();
        finished.addAll(attempts.subList(0, attempts.size() - 1));
        looks.addAll(earlier.sampling().last().looks());
        candidate = earlier.candidate();
        counts = earlier.estimation();
        return complete(counts);
    }

    /**
     * Draws samples as the plan says, and concludes from them.
     *
     * @param drawn votes of the first samples of the attempt at hand, at least those that were looked at
     */
    Certificate complete(ClassCounts drawn) {
        Stop stop = attempt(drawn);
        while (stop == Stop.TARGET_OUT_OF_REACH && mayRestart()) {
            restart();
            stop = attempt(counts);
        }
        return conclude(stop);
    }

    /**
     * Draws samples to the looks that a deadline plan took, whose times nobody can repeat, and concludes from them. Why
     * that plan stopped is taken from it only where the counts do not say.
     */
    Certificate follow(Sampling taken) {
        for (Attempt attempt : taken.attempts().subList(0, taken.attempts().size() - 1)) {
            follow(attempt);
            requireGivenUp();
            restart();
        }
        follow(taken.last());
        AttemptRule rule = rule();
        int next = rule.schedule().after(counts.samples());
        boolean scheduled = next > 0 && rule.schedule().size(next - 1) == counts.samples();
        Stop decision = scheduled ? rule.decide(next - 1, counts.of(candidate)) : null;
        if (decision != null) {
            return conclude(decision);
        }
        return conclude(taken.stop().isAskedFor() ? taken.stop() : Stop.DEADLINE);
    }

    /**
     * Where one attempt ends and the next begins must follow from the counts: whoever could choose it could choose the
     * samples that count.
     */
    private void requireGivenUp() {
        int look = rule().schedule().after(counts.samples()) - 1;
        boolean scheduled = look >= 0 && rule().schedule().size(look) == counts.samples();
        if (!scheduled || rule().decide(look, counts.of(candidate)) != Stop.TARGET_OUT_OF_REACH || !mayRestart()) {
            throw new InvalidDataException("attempt " + finished.size() + " ends after " + counts.samples()
                    + " samples with " + counts.of(candidate) + " votes for class " + candidate + " and "
                    + counts.of(counts.top()) + " for class " + counts.top()
                    + ", where the plan's rules do not let another attempt follow");
        }
    }

    private void follow(Attempt taken) {
        SampleDrawing drawing = drawing(counts);
        for (Look look : taken.looks()) {
            drawing.drawTo(look.n());
            counts = drawing.counts();
            looks.add(rule().unscheduledLook(counts.samples(), counts.of(candidate)));
        }
    }

    private Certificate conclude(Stop stop) {
        AttemptRule rule = rule();
        double bound = rule.lowerBound(looks);
        double radius = CertifiedRadius.of(parameters.sigma(), bound);
        Evidence evidence =
                new Evidence(candidate, bound, selection, counts, parameters, seed, plan.kind(), sampling(stop));
        return radius > 0
                ? new Certificate.Certified(candidate, radius, evidence)
                : new Certificate.Abstained(evidence);
    }

    private Stop attempt(ClassCounts drawn) {
        AttemptRule rule = rule();
        SampleDrawing drawing = drawing(drawn);
        for (int look = rule.schedule().after(counts.samples());
                look < rule.schedule().looks();
                look++) {
            Stop stop = draw(drawing, rule.schedule().size(look));
            boolean isMore = drawing.counts().samples() > counts.samples();
            counts = drawing.counts();
            if (stop != null) {
                if (isMore) {
                    looks.add(rule.unscheduledLook(counts.samples(), counts.of(candidate)));
                }
                return stop;
            }
            looks.add(rule.look(look, counts.of(candidate)));
            Stop decision = rule.decide(look, counts.of(candidate));
            if (decision != null) {
                return decision;
            }
        }
        return Stop.ALL_SAMPLES;
    }

    private @Nullable Stop draw(SampleDrawing drawing, long n) {
        if (plan.isAnytime()) {
            return drawing.drawTo(n, stopCondition);
        }
        drawing.drawTo(n);
        return null;
    }

    /** Whether the class with most votes is another one, and there is hope for it. */
    private boolean mayRestart() {
        int top = counts.top();
        int look = rule().schedule().after(counts.samples()) - 1;
        return top != candidate
                && !rule().isOutOfReach(look, counts.of(top))
                && finished.size() + 1 < MOST_ATTEMPTS
                && stopCondition.check() == null;
    }

    /** Turns to the class with most votes, with samples of its own. */
    private void restart() {
        int top = counts.top();
        finished.add(made());
        candidate = top;
        looks.clear();
        counts = ClassCounts.none(base.classes());
    }

    private AttemptRule rule() {
        return rules.of(plan, version, finished.size());
    }

    private SampleDrawing drawing(ClassCounts drawn) {
        return new SampleDrawing(base, image, parameters, seed, version.phase(finished.size()), firstSample(), drawn);
    }

    private long firstSample() {
        return version.firstSample(finished.stream().mapToLong(Attempt::n).sum());
    }

    /** The attempt at hand, as far as it has come. */
    private Attempt made() {
        return new Attempt(candidate, rule().alpha(), firstSample(), version.writtenPhase(finished.size()), looks);
    }

    private Sampling sampling(Stop stop) {
        List<Attempt> attempts = new ArrayList<>(finished);
        attempts.add(made());
        return new Sampling(
                plan.targetRadius(), plan.radiusFraction(), plan.deadlineSeconds(), parameters.n(), stop, attempts);
    }
}
