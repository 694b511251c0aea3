// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.batches;

import org.catrs.certifier.smoothing.noise.NoiseSampler;

/** A batch's places, as one thread writes noisy images to them. */
@FunctionalInterface
public interface Slots {
    /**
     * Draws a noisy image to a place of the batch.
     *
     * @param index number of the sample in its phase
     * @return whether the draw succeeded; a sample whose draw failed votes for no class
     */
    boolean draw(NoiseSampler noise, long index, int place);
}
