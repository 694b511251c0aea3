// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.catrs.certifier.smoothing.Evidence;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.bound.CertifiedRadius;
import org.catrs.certifier.smoothing.counts.ClassCounts;

/** What an abstention means, where its votes and parameters tell. */
final class AbstentionReason {
    /** A network that is smoothed with this many times the noise that it was trained under, or a part of it, is lost. */
    private static final double FAR = 1.5;

    private AbstentionReason() {}

    /**
     * A clause for people; empty where nothing but the image explains it.
     *
     * @param trainedSigma what the model's manifest says; empty where nobody said
     */
    static Optional<String> of(Evidence evidence, OptionalDouble trainedSigma) {
        SmoothingParameters parameters = evidence.parameters();
        ClassCounts votes = evidence.estimation();
        if (votes.toList().stream().allMatch(count -> count == 0)) {
            return Optional.of("the network gives NaN for every noisy copy of it");
        }
        if (bestBound(parameters) <= 0.5) {
            return Optional.of("n = " + parameters.n() + " is too small for alpha = " + parameters.alpha()
                    + ": at least " + fewest(parameters) + " samples are needed even where all votes agree");
        }
        double trained = trainedSigma.orElse(parameters.sigma());
        if (parameters.sigma() > FAR * trained || parameters.sigma() < trained / FAR) {
            return Optional.of("the model was trained for sigma " + trained + " and is asked at sigma "
                    + parameters.sigma() + ", where its votes mean little");
        }
        return Optional.empty();
    }

    /**
     * Why no image can reach a target radius; empty where one can.
     *
     * @param target L2, in units of pixels scaled to [0, 1]
     */
    static Optional<String> ofTarget(double target, SmoothingParameters parameters) {
        double best =
                bestBound(parameters) < 1 ? CertifiedRadius.of(parameters.sigma(), bestBound(parameters)) : target;
        return best >= target
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "the target radius %s is out of reach: with sigma %s, alpha %s and n = %d no image's radius"
                                + " exceeds %.3f",
                        target,
                        parameters.sigma(),
                        parameters.alpha(),
                        parameters.n(),
                        best));
    }

    /** The lower bound where all samples vote for one class, alpha^(1/n), which no plan exceeds. */
    private static double bestBound(SmoothingParameters parameters) {
        return Math.pow(parameters.alpha(), 1.0 / parameters.n());
    }

    private static long fewest(SmoothingParameters parameters) {
        return (long) Math.floor(Math.log(parameters.alpha()) / Math.log(0.5)) + 1;
    }
}
