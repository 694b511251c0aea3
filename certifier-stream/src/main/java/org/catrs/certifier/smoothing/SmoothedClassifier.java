// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import java.util.List;
import java.util.Objects;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.Sampling;
import org.catrs.schemas.image.ImageTensor;

/**
 * The smoothed classifier g(x) = argmax_c P(f(x + noise) = c) of a base classifier f, by Monte Carlo. Cohen, Rosenfeld
 * and Kolter, "Certified Adversarial Robustness via Randomized Smoothing", ICML 2019, section 3.2.
 */
public final class SmoothedClassifier {
    private final BaseClassifier base;
    private final SmoothingParameters parameters;
    private final AttemptRules rules;

    public SmoothedClassifier(BaseClassifier base, SmoothingParameters parameters) {
        this.base = base;
        this.parameters = parameters;
        this.rules = new AttemptRules(parameters, base.classes());
    }

    /** What it certifies with. */
    public SmoothingParameters parameters() {
        return parameters;
    }

    /**
     * CERTIFY of the paper: n0 samples choose the candidate class, n fresh ones bound its probability from below.
     *
     * @throws InvalidDataException when the image's shape is not the classifier's
     */
    public Certificate certify(ImageTensor image, Seed seed) {
        return certify(image, seed, new SamplingPlan.Fixed(), StopCondition.NEVER);
    }

    /**
     * CERTIFY with a plan: n0 samples choose the candidate class; fresh ones, as many as the plan needs, bound its
     * probability from below.
     *
     * <p>With probability at least 1 - alpha over a seed that is independent of the image, the answer is an abstention
     * or a label that no perturbation inside the radius changes.
     *
     * @param stopCondition may stop a deadline plan early, in addition to its own budget
     * @throws InvalidDataException when the image's shape is not the classifier's
     */
    public Certificate certify(ImageTensor image, Seed seed, SamplingPlan plan, StopCondition stopCondition) {
        return certify(image, seed, plan, PlanVersion.CURRENT, plan.within(stopCondition));
    }

    /** Selection and first look are drawn together: how many samples the look takes does not depend on the class. */
    private Certificate certify(
            ImageTensor image, Seed seed, SamplingPlan plan, PlanVersion version, StopCondition stopCondition) {
        requireShape(image);
        SampleRange selection = new SampleRange(Phase.SELECTION, 0, parameters.n0());
        long firstLook = rules.of(plan, version, 0).schedule().size(0);
        SampleRange estimation = new SampleRange(version.phase(0), version.firstSample(0), firstLook);
        List<ClassCounts> drawn =
                base.countAll(image, parameters, seed, List.of(selection, estimation), stopCondition.urgency());
        return certification(image, seed, plan, version, stopCondition, drawn.get(0))
                .complete(drawn.get(1));
    }

    private Certification certification(
            ImageTensor image,
            Seed seed,
            SamplingPlan plan,
            PlanVersion version,
            StopCondition stopCondition,
            ClassCounts selection) {
        return new Certification(base, image, parameters, rules, plan, version, stopCondition, seed, selection);
    }

    /**
     * Goes on with a certificate of a deadline plan: draws the samples that follow its last one. The earlier certificate
     * and the answer hold together with probability 1 - alpha, because the bound holds at all numbers of samples.
     *
     * @param image the image of the earlier certificate: its seed was drawn when the image was fixed
     * @param earlier of the same model, sigma, alpha and noise
     * @param plan how long to go on, and to what radius; where the earlier certificate has several attempts, to its own
     *     radius, and with its own n, by which the first ones were given up
     * @throws InvalidDataException when the earlier certificate is of another plan, other parameters or another shape, or
     *     cannot be gone on with so
     */
    public Certificate resume(
            ImageTensor image, Evidence earlier, SamplingPlan.Deadline plan, StopCondition stopCondition) {
        requireShape(image);
        SmoothingParameters before = earlier.parameters();
        if (earlier.plan() != SamplingPlan.Kind.DEADLINE
                || !before.equals(parameters.withN(before.n()))
                || earlier.estimation().classes() != base.classes()) {
            throw new InvalidDataException("only a certificate of plan deadline can be gone on with, and only with its "
                    + "own parameters: found plan " + earlier.plan() + " with " + before + ", here is " + parameters);
        }
        requireSameRules(earlier, plan);
        PlanVersion version = PlanVersion.of(earlier.sampling());
        return certification(image, earlier.seed(), plan, version, plan.within(stopCondition), earlier.selection())
                .resume(earlier);
    }

    /** Whether attempts are given up depends on radius and n, and an audit asks that they were by the certificate's own. */
    private void requireSameRules(Evidence earlier, SamplingPlan plan) {
        Sampling before = earlier.sampling();
        if (before.attempts().size() > 1
                && (!Objects.equals(before.targetRadius(), plan.targetRadius()) || before.maxN() != parameters.n())) {
            throw new InvalidDataException(
                    "a certificate of several attempts can be gone on with to its own target radius"
                            + " and n alone, by which the first ones were given up: found radius "
                            + before.targetRadius()
                            + " and n " + before.maxN() + ", here are " + plan.targetRadius() + " and "
                            + parameters.n());
        }
        if (before.last().n() > parameters.n()) {
            throw new InvalidDataException(
                    "the certificate has " + before.last().n() + " samples, more than n = " + parameters.n()
                            + " to which it is to be gone on with");
        }
    }

    /**
     * Makes a certificate again, from the same seed: the same samples, looked at after the same numbers of them. Whoever
     * compares the two sees whether the certificate is what it says.
     *
     * @param taken how the samples were spent; its {@code maxN} is this classifier's n
     * @throws InvalidDataException when the image's shape is not the classifier's, or nothing can have been sampled so
     */
    public Certificate repeat(ImageTensor image, Seed seed, SamplingPlan.Kind kind, Sampling taken) {
        SamplingPlan plan = SamplingPlan.of(kind, taken);
        PlanVersion version = PlanVersion.of(taken);
        if (!plan.isAnytime()) {
            return certify(image, seed, plan, version, StopCondition.NEVER);
        }
        requireShape(image);
        ClassCounts selection = base.count(image, parameters, seed, Phase.SELECTION, 0, parameters.n0());
        return certification(image, seed, plan, version, StopCondition.NEVER, selection)
                .follow(taken);
    }

    /**
     * PREDICT: the class with most of n votes, if a two-sided binomial test at level alpha tells it from the second.
     *
     * @throws InvalidDataException when the image's shape is not the classifier's
     */
    public Prediction predict(ImageTensor image, Seed seed) {
        requireShape(image);
        ClassCounts counts = base.count(image, parameters, seed, Phase.ESTIMATION, 0, parameters.n());
        int top = counts.top();
        long first = counts.of(top);
        long second = 0;
        for (int label = 0; label < counts.classes(); label++) {
            if (label != top) {
                second = Math.max(second, counts.of(label));
            }
        }
        return first > 0 && distinct(first, second)
                ? new Prediction.Predicted(top, counts)
                : new Prediction.Undecided(counts);
    }

    private boolean distinct(long first, long second) {
        int trials = Math.toIntExact(first + second);
        return BinomialTest.withDefaults()
                .with(AlternativeHypothesis.TWO_SIDED)
                .test(trials, Math.toIntExact(first), 0.5)
                .reject(parameters.alpha());
    }

    private void requireShape(ImageTensor image) {
        if (!image.shape().equals(base.inputShape())) {
            throw new InvalidDataException("the image is " + image.shape() + " (channels x height x width), the model "
                    + "takes " + base.inputShape());
        }
    }
}
