// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;
import org.catrs.certifier.bound.CertifiedRadius;
import org.catrs.certifier.bound.ClopperPearson;
import org.catrs.certifier.counts.ClassCounts;
import org.catrs.certifier.noise.Phase;
import org.catrs.certifier.noise.Seed;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageTensor;

/**
 * The smoothed classifier g(x) = argmax_c P(f(x + noise) = c) of a base classifier f, by Monte Carlo. Cohen, Rosenfeld
 * and Kolter, "Certified Adversarial Robustness via Randomized Smoothing", ICML 2019, section 3.2.
 */
public final class SmoothedClassifier {
    private final BaseClassifier base;
    private final SmoothingParameters parameters;

    public SmoothedClassifier(BaseClassifier base, SmoothingParameters parameters) {
        this.base = base;
        this.parameters = parameters;
    }

    /**
     * CERTIFY: n0 samples choose the candidate class, n fresh ones bound its probability from below.
     *
     * <p>With probability at least 1 - alpha over a seed that is independent of the image, the answer is an abstention
     * or a label that no perturbation inside the radius changes.
     *
     * @throws InvalidDataException when the image's shape is not the classifier's
     */
    public Certificate certify(ImageTensor image, Seed seed) {
        requireShape(image);
        ClassCounts selection = base.count(image, parameters, seed, Phase.SELECTION, 0, parameters.n0());
        ClassCounts estimation = base.count(image, parameters, seed, Phase.ESTIMATION, 0, parameters.n());
        int candidate = selection.top();
        double bound = ClopperPearson.lowerBound(estimation.of(candidate), estimation.samples(), parameters.alpha());
        double radius = CertifiedRadius.of(parameters.sigma(), bound);
        Evidence evidence = new Evidence(candidate, bound, selection, estimation, parameters, seed);
        return radius > 0
                ? new Certificate.Certified(candidate, radius, evidence)
                : new Certificate.Abstained(evidence);
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
