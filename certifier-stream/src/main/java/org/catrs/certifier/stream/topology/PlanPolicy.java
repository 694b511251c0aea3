// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.catrs.certifier.smoothing.PlanRequest;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.stream.intake.RejectedImageException;
import org.catrs.certifier.stream.intake.RejectionReason;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.topic.HeaderNames;
import org.jspecify.annotations.Nullable;

/**
 * Finds each image's sampling plan: its headers go before the model's manifest, which goes before the configuration.
 *
 * @param request what configuration and manifest ask for together
 * @param longest limit of the operator on the time of a deadline plan
 * @param stopCondition stops deadline plans early
 */
public record PlanPolicy(PlanRequest request, Duration longest, StopCondition stopCondition) {
    /** The plan of images that ask for nothing. */
    public SamplingPlan plan() {
        return request.plan(longest);
    }

    /**
     * The plan of an image.
     *
     * @throws RejectedImageException when a header asks for what cannot be
     */
    SamplingPlan plan(Headers headers) {
        Double targetRadius = number(headers, HeaderNames.TARGET_RADIUS);
        Double deadline = number(headers, HeaderNames.DEADLINE);
        try {
            return request.refinedBy(new PlanRequest(null, targetRadius, null, deadline))
                    .plan(longest);
        } catch (InvalidDataException e) {
            throw new RejectedImageException(RejectionReason.INVALID_PLAN, String.valueOf(e.getMessage()), e);
        }
    }

    private static @Nullable Double number(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        if (header == null || header.value() == null) {
            return null;
        }
        String text = new String(header.value(), StandardCharsets.UTF_8).strip();
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            throw new RejectedImageException(
                    RejectionReason.INVALID_PLAN, "the header " + name + " must be a number, found '" + text + "'", e);
        }
    }
}
