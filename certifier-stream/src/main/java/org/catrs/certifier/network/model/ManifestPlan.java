// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.model;

import org.catrs.certifier.smoothing.PlanRequest;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.model.DefaultPlan;
import org.jspecify.annotations.Nullable;

/**
 * What a model's manifest asks for.
 *
 * @param request the sampling plan
 * @param n most estimation samples; null where the manifest leaves it open
 */
public record ManifestPlan(PlanRequest request, @Nullable Long n) {
    /**
     * Checks a manifest's plan.
     *
     * @param manifest names it in messages
     * @throws InvalidDataException when there is no such plan
     */
    public static ManifestPlan of(@Nullable DefaultPlan plan, String manifest) {
        if (plan == null) {
            return new ManifestPlan(PlanRequest.NONE, null);
        }
        try {
            SamplingPlan.Kind kind = plan.kind() == null ? null : SamplingPlan.Kind.parse(plan.kind());
            return new ManifestPlan(
                    new PlanRequest(kind, plan.targetRadius(), plan.radiusFraction(), plan.deadlineSeconds()),
                    plan.n());
        } catch (InvalidDataException e) {
            throw new InvalidDataException(manifest + ": its plan cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * The number of estimation samples.
     *
     * @param configured where the manifest leaves it open
     * @param most that the manifest may ask for
     */
    public long n(long configured, long most) {
        return n == null ? configured : Math.min(n, most);
    }
}
