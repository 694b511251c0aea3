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
 * <p>An attempt's class is chosen before its first sample is drawn, by the selection samples or, where it turned out
 * wrong, by the samples of the attempt before. So given all samples before, its bounds exceed the truth at any look with
 * probability at most its share of alpha, and those of all attempts together with at most alpha.
 */
final class Certification {
    /** A majority class that is missed so often is none. */
    private static final int MOST_ATTEMPTS = 4;

    private final BaseClassifier base;
    private final ImageTensor image;
    private final SmoothingParameters parameters;
    private final AttemptRules rules;
    private final SamplingPlan plan;
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
            StopCondition stopCondition,
            Seed seed,
            ClassCounts selection) {
        this.base = base;
        this.image = image;
        this.parameters = parameters;
        this.rules = rules;
        this.plan = plan;
        this.stopCondition = stopCondition;
        this.seed = seed;
        this.selection = selection;
        this.candidate = selection.top();
        this.counts = ClassCounts.none(base.classes());
    }

    /** Goes on where an earlier certification was. */
    void resume(Evidence earlier) {
        List<Attempt> attempts = earlier.sampling().attempts();
        finished.addAll(attempts.subList(0, attempts.size() - 1));
        looks.addAll(earlier.sampling().last().looks());
        candidate = earlier.candidate();
        counts = earlier.estimation();
    }

    /** Draws samples as the plan says, and concludes from them. */
    Certificate complete() {
        Stop stop = attempt();
        while (stop == Stop.TARGET_OUT_OF_REACH && mayRestart()) {
            restart();
            stop = attempt();
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
        SampleDrawing drawing = new SampleDrawing(base, image, parameters, seed, firstSample(), counts);
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
                new Evidence(candidate, bound, selection, counts, parameters, seed, plan.kind(), sampling(stop, rule));
        return radius > 0
                ? new Certificate.Certified(candidate, radius, evidence)
                : new Certificate.Abstained(evidence);
    }

    private Stop attempt() {
        AttemptRule rule = rule();
        SampleDrawing drawing = new SampleDrawing(base, image, parameters, seed, firstSample(), counts);
        for (int look = rule.schedule().after(counts.samples());
                look < rule.schedule().looks();
                look++) {
            Stop stop = draw(drawing, rule.schedule().size(look));
            boolean drawn = drawing.counts().samples() > counts.samples();
            counts = drawing.counts();
            if (stop != null) {
                if (drawn) {
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
        finished.add(new Attempt(candidate, rule().alpha(), firstSample(), null, looks));
        candidate = top;
        looks.clear();
        counts = ClassCounts.none(base.classes());
    }

    private AttemptRule rule() {
        return rules.of(plan, finished.size());
    }

    private long firstSample() {
        return finished.stream().mapToLong(Attempt::n).sum();
    }

    private Sampling sampling(Stop stop, AttemptRule rule) {
        List<Attempt> attempts = new ArrayList<>(finished);
        attempts.add(new Attempt(candidate, rule.alpha(), firstSample(), null, looks));
        return new Sampling(
                plan.targetRadius(), plan.radiusFraction(), plan.deadlineSeconds(), parameters.n(), stop, attempts);
    }
}
