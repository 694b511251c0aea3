// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import org.catrs.certifier.counts.ClassCounts;
import org.catrs.certifier.noise.Seed;

/**
 * What a certificate rests on.
 *
 * @param candidate the class that the selection phase chose
 * @param probabilityLowerBound lower confidence bound of the candidate's probability at level 1 - alpha, rounded down
 * @param selection votes over the n0 selection samples
 * @param estimation votes over the n estimation samples
 */
public record Evidence(
        int candidate,
        double probabilityLowerBound,
        ClassCounts selection,
        ClassCounts estimation,
        SmoothingParameters parameters,
        Seed seed) {}
