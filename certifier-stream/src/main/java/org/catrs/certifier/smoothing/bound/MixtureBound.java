// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.bound;

import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * A lower confidence bound of a proportion that holds at all numbers of trials at once, so that sampling may stop at any
 * time and for any reason, and go on later. Rounded down.
 *
 * <p>For a proportion p, draw q from a Beta(1/2, 3/10) distribution that is cut to (p, 1]. The likelihood ratio of q to p
 * after t trials is a non-negative martingale of mean 1 if p is the truth, and so is its mean over q,
 *
 * <pre>M_t(p) = B(a+H, b+t-H) / B(a, b) / (p^H (1-p)^(t-H)) * S(p; a+H, b+t-H) / S(p; a, b)</pre>
 *
 * <p>for H successes, where S is the survival function of the Beta distribution. By Ville's inequality, M_t(p) reaches
 * 1/alpha at some t with probability at most alpha (Ville, "Etude critique de la notion de collectif", 1939; Howard et
 * al., "Time-uniform, nonparametric, nonasymptotic confidence sequences", Annals of Statistics 49, 2021). The bound is
 * the largest p with M_t(p') at least 1/alpha for all p' up to p: where it exceeds the truth p, M_t(p) is at least
 * 1/alpha. So all bounds of a sequence hold together with probability 1 - alpha, and with them their maximum.
 *
 * <p>The cut makes the bound one-sided and tighter, and M_t another martingale for each p: it need not fall with p. Its
 * logarithm has the derivative h(p) (1 - 1/M_t) - t (H/t - p) / (p (1-p)), where h is the hazard rate of the uncut
 * distribution. There, p (1-p) h(p) is at most b: with f the density, the derivative of b S - p (1-p) f is -(a+b)(1-p) f,
 * which is negative, and at 1 the difference is 0. So M_t falls with p wherever p is below H/t - b/t, and a p there with
 * M_t(p) at least 1/alpha is no greater than the bound.
 */
public final class MixtureBound {
    private static final double A = 0.5;
    private static final double B = 0.3;

    /** A dozen are enough; where rounding errors lead in circles, any bound that was found is a bound. */
    private static final int MOST_STEPS = 100;

    /** A Newton step so small, relatively, ends the search. */
    private static final double PRECISION = 1e-11;

    private MixtureBound() {}

    /**
     * The lower bound; 0 where nothing is shown.
     *
     * <p>Found by Newton's method, from below: without the cut, ln M_t is convex in p, so that a step with its derivative
     * does not pass the root. Where the cut makes it do so, the interval is halved. Only what was shown to be no greater
     * than the bound is returned.
     *
     * <p>The computed logarithm of M_t may be too large by a rounding error, so it must exceed that of 1/alpha by more than
     * this. The error was at most a tenth of the margin 10^-11 + t 2^-48, against 50-digit arithmetic.
     *
     * @param successes H, from 0 to {@code trials}
     * @param trials t, from 1 to 10^9
     * @param alpha probability that the bound exceeds the true proportion at any number of trials, above 0 and below 1/2
     * @throws IllegalArgumentException when an argument is out of its range
     */
    public static double lowerBound(long successes, long trials, double alpha) {
        Arguments.check(successes, trials, alpha);
        double needed = -Math.log(alpha) + 1e-11 + trials * 0x1p-48;
        double low = 0;
        double high = Math.nextDown((successes - B) / trials);
        double step = Double.POSITIVE_INFINITY;
        for (int i = 0; i < MOST_STEPS && low < high && step > PRECISION * Math.min(low, 1 - low); i++) {
            double next = low + step < high ? low + step : (low + high) / 2;
            double excess = logEvidence(A, B, next, successes, trials) - needed;
            if (excess >= 0) {
                low = next;
                step = excess * next * (1 - next) / (successes - trials * next);
            } else {
                high = next;
                step = Double.POSITIVE_INFINITY;
            }
        }
        return low;
    }

    /**
     * ln M_t(p) with a prior Beta(a, b) that is cut to (p, 1].
     *
     * @param p above 0 and below 1
     */
    static double logEvidence(double a, double b, double p, long successes, long trials) {
        return logMixture(a, b, p, successes, trials)
                + Math.log(RegularizedBeta.complement(p, a + successes, b + (trials - successes)))
                - Math.log(RegularizedBeta.complement(p, a, b));
    }

    /** ln M_t(p) with a prior Beta(a, b) on all of [0, 1]. */
    static double logMixture(double a, double b, double p, long successes, long trials) {
        long failures = trials - successes;
        return LogBeta.value(a + successes, b + failures)
                - LogBeta.value(a, b)
                - successes * Math.log(p)
                - failures * Math.log1p(-p);
    }
}
