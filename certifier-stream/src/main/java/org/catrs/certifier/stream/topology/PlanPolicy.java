// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import java.time.Duration;
import org.apache.kafka.common.header.Headers;
import org.catrs.certifier.smoothing.PlanRequest;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.stream.intake.RejectedImageException;
import org.catrs.certifier.stream.intake.RejectionReason;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.topic.HeaderNames;
import org.catrs.schemas.topic.HeaderValues;

/**
 * Finds each image's sampling plan: its headers go before the model's manifest, which goes before the configuration.
 *
 * @param request what configuration and manifest ask for together
 * @param longest limit of the operator on the time of a deadline plan
 * @param stopCondition stops deadline plans early
 */
public record PlanPolicy(PlanRequest request, Duration longest, StopCondition stopCondition) {
    /** The plan of images that ask for nothing. */
    SamplingPlan plan() {
        return request.plan(longest);
    }

    /**
     * The plan of an image.
     *
     * @throws RejectedImageException when a header asks for what cannot be
     */
    SamplingPlan plan(Headers headers) {
        try {
            Double targetRadius = HeaderValues.number(headers, HeaderNames.TARGET_RADIUS);
            Double deadline = HeaderValues.number(headers, HeaderNames.DEADLINE);
            return request.refinedBy(new PlanRequest(null, targetRadius, null, deadline))
                    .plan(longest);
        } catch (InvalidDataException e) {
            throw new RejectedImageException(RejectionReason.INVALID_PLAN, String.valueOf(e.getMessage()), e);
        }
    }
}
