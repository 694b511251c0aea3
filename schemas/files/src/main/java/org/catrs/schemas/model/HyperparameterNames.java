// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.model;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Names of hyperparameters as PyTorch spells them. Manifests, checkpoints, jobs and command lines may have an earlier
 * spelling, and mean the same by it.
 */
public final class HyperparameterNames {
    private static final Map<String, String> BY_EARLIER = Map.of(
            "optimiser", "optimizer",
            "normalisation", "normalization",
            "normalisation-mean", "normalization-mean",
            "normalisation-deviation", "normalization-deviation");

    private HyperparameterNames() {}

    /** The spelling of today; the name as it is where it has no other. */
    public static String current(String name) {
        return BY_EARLIER.getOrDefault(name, name);
    }

    /** The same values under names in the spelling of today. */
    public static SortedMap<String, String> current(Map<String, String> values) {
        SortedMap<String, String> renamed = new TreeMap<>();
        values.forEach((name, value) -> renamed.put(current(name), value));
        return renamed;
    }
}
