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

    /** When it is certain to ask, if that is known. */
    default Urgency urgency() {
        return Urgency.NONE;
    }

    /** Asks when this condition does, or another. */
    default StopCondition or(StopCondition other) {
        StopCondition first = this;
        return new StopCondition() {
            @Override
            public @Nullable Stop check() {
                Stop stop = first.check();
                return stop != null ? stop : other.check();
            }

            @Override
            public Urgency urgency() {
                return first.urgency().or(other.urgency());
            }
        };
    }

    /** Asks when a time from now on has passed. */
    static StopCondition after(Duration time) {
        Urgency urgency = Urgency.until(System.nanoTime() + time.toNanos());
        return new StopCondition() {
            @Override
            public @Nullable Stop check() {
                return System.nanoTime() - urgency.due() >= 0 ? Stop.DEADLINE : null;
            }

            @Override
            public Urgency urgency() {
                return urgency;
            }
        };
    }
}
