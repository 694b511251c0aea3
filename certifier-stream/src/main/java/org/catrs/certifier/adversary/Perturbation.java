// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.adversary;

import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.schemas.image.ImageTensor;

/**
 * An image near another one, and how the classifier votes on noisy copies of it.
 *
 * @param image of 8 bits, as the one that it is near
 * @param size its L2 distance from that one, in units of pixels scaled to [0, 1]
 * @param votes on noisy copies that were not used to find it, so that their share is that of any noise
 */
public record Perturbation(ImageTensor image, double size, ClassCounts votes) {
    /** Share of the noisy copies that vote for a label, 0 to 1. */
    public double share(int label) {
        return (double) votes.of(label) / votes.samples();
    }
}
