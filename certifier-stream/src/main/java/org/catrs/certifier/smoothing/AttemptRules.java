// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the rules of the plans that were asked for last, since their thresholds take milliseconds to compute. */
final class AttemptRules {
    /** Images may each ask for a radius of their own, which must not fill the memory. */
    private static final int MOST = 64;

    private final SmoothingParameters parameters;
    private final int classes;
    private final Map<Key, AttemptRule> rules = new LinkedHashMap<>(MOST, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, AttemptRule> eldest) {
            return size() > MOST;
        }
    };

    /** @param classes number of classes, at least 2 */
    AttemptRules(SmoothingParameters parameters, int classes) {
        this.parameters = parameters;
        this.classes = classes;
    }

    /**
     * The rule of an attempt.
     *
     * @param attempt 0 for the first one
     */
    synchronized AttemptRule of(SamplingPlan plan, PlanVersion version, int attempt) {
        return rules.computeIfAbsent(
                new Key(plan.withoutBudget(), new AttemptPlace(version, attempt, classes)),
                key -> key.plan().rule(parameters, key.place()));
    }

    private record Key(SamplingPlan plan, AttemptPlace place) {}
}
