// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import java.time.Duration;
import org.catrs.certifier.smoothing.SamplingPlan.Kind;
import org.catrs.schemas.InvalidDataException;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks of a sampling plan: a configuration, a model's manifest, an image. Null is what they leave to others.
 *
 * @param kind name of the plan; null for the one that the rest asks for
 * @param targetRadius L2, in units of pixels scaled to [0, 1], above 0
 * @param radiusFraction share of the radius that n samples could give, above 0 and below 1
 * @param deadlineSeconds time budget, above 0
 */
public record PlanRequest(
        @Nullable Kind kind,
        @Nullable Double targetRadius,
        @Nullable Double radiusFraction,
        @Nullable Double deadlineSeconds) {
    /** Asks for nothing, which gives the plan {@code fixed}. */
    public static final PlanRequest NONE = new PlanRequest(null, null, null, null);

    /** @throws InvalidDataException when a value is out of its range, or two contradict each other */
    public PlanRequest {
        requireAboveZero(targetRadius, "target radius");
        requireAboveZero(deadlineSeconds, "deadline in seconds");
        if (radiusFraction != null && !(radiusFraction > 0 && radiusFraction < 1)) {
            throw new InvalidDataException(
                    "the fraction of the radius must be above 0 and below 1, found " + radiusFraction);
        }
        if (targetRadius != null && radiusFraction != null) {
            throw new InvalidDataException(
                    "a plan stops at a target radius or at a fraction of the radius, not both: give one of the two");
        }
        refuse(kind == Kind.FIXED && targetRadius != null, Kind.FIXED, "target radius");
        refuse(kind == Kind.FIXED && radiusFraction != null, Kind.FIXED, "fraction of the radius");
        refuse(kind != null && kind != Kind.DEADLINE && deadlineSeconds != null, kind, "deadline");
        refuse(kind == Kind.DEADLINE && radiusFraction != null, Kind.DEADLINE, "fraction of the radius");
        refuse(deadlineSeconds != null && radiusFraction != null, Kind.DEADLINE, "fraction of the radius");
    }

    /**
     * This request where the other leaves things open. A plan that the other names keeps of this request what it can use; a
     * deadline makes a deadline plan of any, a radius an adaptive plan of a fixed one.
     *
     * @param other takes precedence
     */
    public PlanRequest refinedBy(PlanRequest other) {
        Kind named = other.named(resolved());
        boolean radiusGiven = other.targetRadius != null || other.radiusFraction != null;
        Double radius = radiusGiven ? other.targetRadius : targetRadius;
        Double fraction = radiusGiven ? other.radiusFraction : radiusFraction;
        Double seconds = other.deadlineSeconds != null ? other.deadlineSeconds : deadlineSeconds;
        return new PlanRequest(
                named,
                named == Kind.FIXED ? null : radius,
                named == Kind.ADAPTIVE ? fraction : null,
                named == Kind.DEADLINE ? seconds : null);
    }

    /**
     * The plan that is asked for.
     *
     * @param longest time that an image may take: a deadline that is later, or is not given, becomes this
     */
    public SamplingPlan plan(Duration longest) {
        return switch (resolved()) {
            case FIXED -> new SamplingPlan.Fixed();
            case ADAPTIVE ->
                targetRadius != null
                        ? new SamplingPlan.TargetRadius(targetRadius)
                        : new SamplingPlan.RadiusFraction(
                                radiusFraction != null ? radiusFraction : SamplingPlan.RadiusFraction.DEFAULT);
            case DEADLINE -> new SamplingPlan.Deadline(budget(longest), targetRadius);
        };
    }

    private Duration budget(Duration longest) {
        if (deadlineSeconds == null || deadlineSeconds >= longest.toNanos() / 1e9) {
            return longest;
        }
        return Duration.ofNanos(Math.max(1, Math.round(deadlineSeconds * 1e9)));
    }

    /** The kind of the plan that is asked for. */
    public Kind resolved() {
        return named(Kind.FIXED);
    }

    /** The plan that this names or asks for, where a plan is already wanted. */
    private Kind named(Kind wanted) {
        if (kind != null) {
            return kind;
        }
        if (deadlineSeconds != null) {
            return Kind.DEADLINE;
        }
        if (radiusFraction != null) {
            return Kind.ADAPTIVE;
        }
        return targetRadius != null && wanted == Kind.FIXED ? Kind.ADAPTIVE : wanted;
    }

    private static void requireAboveZero(@Nullable Double value, String name) {
        if (value != null && !(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new InvalidDataException("a " + name + " must be above 0 and finite, found " + value);
        }
    }

    private static void refuse(boolean contradicts, @Nullable Kind kind, String what) {
        if (contradicts) {
            throw new InvalidDataException("the plan " + kind + " has no " + what + ": leave one of the two away");
        }
    }
}
