// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.event.Sampling;

/**
 * What a certificate rests on.
 *
 * @param candidate the class that the last attempt is about: the first one's is the choice of the selection phase
 * @param probabilityLowerBound lower confidence bound of the candidate's probability, rounded down; all bounds of a
 *     certificate hold together with probability 1 - alpha
 * @param selection votes over the n0 selection samples
 * @param estimation votes over the last attempt's estimation samples
 * @param plan the sampling plan's name
 * @param sampling how the plan spent the estimation samples
 */
public record Evidence(
        int candidate,
        double probabilityLowerBound,
        ClassCounts selection,
        ClassCounts estimation,
        SmoothingParameters parameters,
        Seed seed,
        SamplingPlan.Kind plan,
        Sampling sampling) {}
