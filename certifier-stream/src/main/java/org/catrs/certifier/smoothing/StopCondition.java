// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import java.time.Duration;
import org.catrs.schemas.event.Sampling.Stop;
import org.jspecify.annotations.Nullable;

/** Asks a {@link SamplingPlan.Deadline} to stop; no other plan is asked. Called again and again while samples are drawn. */
@FunctionalInterface
public interface StopCondition {
    /** Nobody asks. */
    StopCondition NEVER = () -> null;

    /** Why sampling must end now; null to go on. */
    @Nullable
    Stop check();

    /** Asks when this condition does, or another. */
    default StopCondition or(StopCondition other) {
        return () -> {
            Stop first = check();
            return first != null ? first : other.check();
        };
    }

    /** Asks when a time from now on has passed. */
    static StopCondition after(Duration time) {
        long start = System.nanoTime();
        return () -> System.nanoTime() - start >= time.toNanos() ? Stop.DEADLINE : null;
    }
}
