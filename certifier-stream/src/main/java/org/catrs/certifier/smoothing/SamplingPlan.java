// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.Sampling;
import org.jspecify.annotations.Nullable;

/**
 * How the estimation samples of a certificate are spent. Every plan's certificates are wrong with probability at most
 * alpha; they differ in how many samples they take, and in the radius that these show.
 */
public sealed interface SamplingPlan {
    /** Name of the plan in certificates. */
    Kind kind();

    /** The plan in words, such as {@code adaptive, target radius 0.5}. */
    @Override
    String toString();

    /** The rule of an attempt. */
    AttemptRule rule(SmoothingParameters parameters, AttemptPlace place);

    /** Radius at which sampling ends, L2, in units of pixels scaled to [0, 1]; null for a plan without one. */
    default @Nullable Double targetRadius() {
        return null;
    }

    /** Share of the radius that n samples could give at which sampling ends; null for a plan without one. */
    default @Nullable Double radiusFraction() {
        return null;
    }

    /** Time budget; null for a plan without one. */
    default @Nullable Double deadlineSeconds() {
        return null;
    }

    /** Whether the certificate holds at whatever number of samples sampling is stopped. */
    default boolean isAnytime() {
        return false;
    }

    /** Stops when the time budget that begins now is spent, or when another condition does. */
    default StopCondition within(StopCondition other) {
        return other;
    }

    /** This plan but for its time budget, on which no rule depends. */
    default SamplingPlan withoutBudget() {
        return this;
    }

    /**
     * The plan that a certificate names.
     *
     * @param sampling what was asked for
     * @throws InvalidDataException when that is no such plan
     */
    static SamplingPlan of(Kind kind, Sampling sampling) {
        Double radius = sampling.targetRadius();
        Double fraction = sampling.radiusFraction();
        Double seconds = sampling.deadlineSeconds();
        return switch (kind) {
            case FIXED -> new Fixed();
            case ADAPTIVE -> {
                if (radius != null) {
                    yield new TargetRadius(radius);
                }
                if (fraction != null) {
                    yield new RadiusFraction(fraction);
                }
                throw new InvalidDataException("an adaptive plan needs a target radius or a fraction, found none");
            }
            case DEADLINE -> {
                if (seconds == null) {
                    throw new InvalidDataException("a deadline plan needs a deadline, found none");
                }
                yield new Deadline(Duration.ofNanos(Math.round(seconds * 1e9)), radius);
            }
        };
    }

    /** The names of the plans. */
    enum Kind {
        /** All n samples and one look. */
        FIXED(SmoothingParameters.DEFAULT_N0),
        /** Looks at set numbers of samples that share alpha. A wrong choice of the class costs another attempt. */
        ADAPTIVE(32),
        /** A bound that holds at all numbers of samples, so that sampling may end at any time. */
        DEADLINE(SmoothingParameters.DEFAULT_N0);

        private final long defaultN0;

        Kind(long defaultN0) {
            this.defaultN0 = defaultN0;
        }

        /** Number of selection samples where nobody asks for another. */
        public long defaultN0() {
            return defaultN0;
        }

        /**
         * Reads a name.
         *
         * @throws InvalidDataException when no plan has it
         */
        public static Kind parse(String name) {
            try {
                return valueOf(name.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new InvalidDataException(
                        "a sampling plan is one of " + Arrays.toString(values()) + ", found '" + name + "'", e);
            }
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The protocol of Cohen et al. (2019): n samples, then one look. */
    record Fixed() implements SamplingPlan {
        @Override
        public Kind kind() {
            return Kind.FIXED;
        }

        @Override
        public AttemptRule rule(SmoothingParameters parameters, AttemptPlace place) {
            return AttemptRule.once(parameters);
        }

        @Override
        public String toString() {
            return kind().toString();
        }
    }

    /**
     * Asks whether the label is certified at a radius: samples until it is, or until that is out of reach, or n are
     * drawn.
     *
     * @param radius L2, in units of pixels scaled to [0, 1], above 0
     */
    record TargetRadius(double radius) implements SamplingPlan {
        /** @throws InvalidDataException when the radius is not above 0 and finite */
        public TargetRadius {
            requireRadius(radius);
        }

        @Override
        public Kind kind() {
            return Kind.ADAPTIVE;
        }

        @Override
        public AttemptRule rule(SmoothingParameters parameters, AttemptPlace place) {
            return AttemptRule.ofScheduledLooks(parameters, place, radius, 0);
        }

        @Override
        public Double targetRadius() {
            return radius;
        }

        @Override
        public String toString() {
            return kind() + ", target radius " + radius;
        }
    }

    /**
     * Samples until the radius is near what n samples could give, or none is in reach.
     *
     * @param fraction share of that radius, above 0 and below 1
     */
    record RadiusFraction(double fraction) implements SamplingPlan {
        /** Share where nobody asks for another: a tenth of the radius is given for half of the samples, or more. */
        public static final double DEFAULT = 0.9;

        /** @throws InvalidDataException when the fraction is out of its range */
        public RadiusFraction {
            if (!(fraction > 0 && fraction < 1)) {
                throw new InvalidDataException(
                        "the fraction of the radius must be above 0 and below 1, found " + fraction);
            }
        }

        @Override
        public Kind kind() {
            return Kind.ADAPTIVE;
        }

        @Override
        public AttemptRule rule(SmoothingParameters parameters, AttemptPlace place) {
            return AttemptRule.ofScheduledLooks(parameters, place, null, fraction);
        }

        @Override
        public Double radiusFraction() {
            return fraction;
        }

        @Override
        public String toString() {
            return kind() + ", " + fraction + " of the radius";
        }
    }

    /**
     * Samples until the time is up, or somebody else asks to stop, or n are drawn; whatever has been drawn by then gives a
     * certificate, which further samples can improve later.
     *
     * @param budget time from the first sample on, above 0
     * @param targetRadius ends sampling when it is reached or out of reach; null without one
     */
    record Deadline(Duration budget, @Nullable Double targetRadius) implements SamplingPlan {
        /** @throws InvalidDataException when the budget or the radius is not above 0 */
        public Deadline {
            if (budget.isNegative() || budget.isZero()) {
                throw new InvalidDataException("a deadline must be later than now, found " + budget);
            }
            if (targetRadius != null) {
                requireRadius(targetRadius);
            }
        }

        @Override
        public Kind kind() {
            return Kind.DEADLINE;
        }

        @Override
        public AttemptRule rule(SmoothingParameters parameters, AttemptPlace place) {
            return AttemptRule.ofAnyLooks(parameters, place, targetRadius);
        }

        @Override
        public Double deadlineSeconds() {
            return budget.toNanos() / 1e9;
        }

        @Override
        public boolean isAnytime() {
            return true;
        }

        @Override
        public StopCondition within(StopCondition other) {
            return StopCondition.after(budget).or(other);
        }

        @Override
        public SamplingPlan withoutBudget() {
            return new Deadline(Duration.ofSeconds(1), targetRadius);
        }

        @Override
        public String toString() {
            String seconds = kind() + " of " + deadlineSeconds() + " s";
            return targetRadius == null ? seconds : seconds + ", target radius " + targetRadius;
        }
    }

    private static void requireRadius(double radius) {
        if (!(radius > 0 && radius < Double.POSITIVE_INFINITY)) {
            throw new InvalidDataException("a target radius must be above 0 and finite, found " + radius);
        }
    }
}
