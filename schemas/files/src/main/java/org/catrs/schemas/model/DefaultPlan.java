// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How a model's images are certified where they do not say otherwise, before the service's own configuration. What is
 * null is left to that configuration.
 *
 * @param kind sampling plan: {@code fixed}, {@code adaptive} or {@code deadline}; null for the one that the rest asks for
 * @param targetRadius L2 radius to certify, in units of pixels scaled to [0, 1]
 * @param radiusFraction share of the radius that n samples could give at which sampling ends
 * @param deadlineSeconds time budget
 * @param n most estimation samples, within the limit that the service sets
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DefaultPlan(
        @Nullable String kind,
        @Nullable Double targetRadius,
        @Nullable Double radiusFraction,
        @Nullable Double deadlineSeconds,
        @Nullable Long n) {
    /** @throws IllegalArgumentException when n is below 1 */
    public DefaultPlan {
        if (n != null && n < 1) {
            throw new IllegalArgumentException("a plan's n is at least 1, found " + n);
        }
    }
}
