// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.rows;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import org.catrs.certifier.smoothing.Certificate;
import org.catrs.certifier.smoothing.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * What certification gave for one image of known label: a line of an evaluation file.
 *
 * @param index position of the image in its data set, from 0
 * @param label the true class, from 0
 * @param predict the certified class, or {@link #ABSTAIN}
 * @param radius L2, in units of pixels scaled to [0, 1]; 0 when abstained
 * @param time how long the certification took
 * @param estimate what the radius rests on; null in files that do not say
 */
public record EvaluationRow(
        int index,
        int label,
        int predict,
        double radius,
        Duration time,
        @Nullable Estimate estimate) {
    /** Stands in for a class where none was certified. */
    public static final int ABSTAIN = -1;

    private static final MathContext PUBLISHED = new MathContext(3, RoundingMode.HALF_EVEN);

    /** @throws IllegalArgumentException when a value is out of its range, or an abstention has a radius */
    public EvaluationRow {
        if (index < 0 || label < 0 || predict < ABSTAIN) {
            throw new IllegalArgumentException("index, label and predict must be at least 0, 0 and " + ABSTAIN
                    + ", found " + index + ", " + label + " and " + predict);
        }
        if (!(radius >= 0) || Double.isInfinite(radius)) {
            throw new IllegalArgumentException("a radius must be at least 0 and finite, found " + radius);
        }
        if (predict == ABSTAIN && radius > 0) {
            throw new IllegalArgumentException("an abstention has radius 0, found " + radius);
        }
        if (time.isNegative()) {
            throw new IllegalArgumentException("a time must be at least 0, found " + time);
        }
    }

    /** The row of a certificate. */
    public static EvaluationRow of(int index, int label, Certificate certificate, Duration time) {
        Evidence evidence = certificate.evidence();
        Estimate estimate = new Estimate(
                evidence.sampling().samples(),
                evidence.estimation().of(evidence.candidate()),
                evidence.probabilityLowerBound());
        return certificate instanceof Certificate.Certified certified
                ? new EvaluationRow(index, label, certified.label(), certified.radius(), time, estimate)
                : new EvaluationRow(index, label, ABSTAIN, 0, time, estimate);
    }

    /**
     * The row as a published file would have it, to compare with one: its radius rounded to the nearest of three
     * significant digits, up as well as down. Such a radius is not certified.
     */
    public EvaluationRow withRadiusRoundedAsPublished() {
        double rounded = BigDecimal.valueOf(radius).round(PUBLISHED).doubleValue();
        return new EvaluationRow(index, label, predict, rounded, time, estimate);
    }

    /** Number of estimation samples spent; 0 where the file does not say. */
    public long samples() {
        return estimate == null ? 0 : estimate.n();
    }

    /** Whether the true class was certified. */
    public boolean correct() {
        return predict == label;
    }

    /** Whether no class was certified. */
    public boolean abstained() {
        return predict == ABSTAIN;
    }

    /**
     * What the estimation phase took, and the bound that follows from it.
     *
     * @param n number of estimation samples spent, those of attempts that were given up included
     * @param count votes for the candidate class in the last attempt
     * @param lowerBound lower confidence bound of the candidate's probability, rounded down
     */
    public record Estimate(long n, long count, double lowerBound) {
        /** @throws IllegalArgumentException when the votes are not between 0 and n, or the bound not between 0 and 1 */
        public Estimate {
            if (n < 1 || count < 0 || count > n) {
                throw new IllegalArgumentException("found " + count + " votes of " + n + " samples");
            }
            if (!(lowerBound >= 0 && lowerBound <= 1)) {
                throw new IllegalArgumentException("lower_bound must be 0 to 1, found " + lowerBound);
            }
        }
    }
}
