// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.image.ImageTensor;

/** Counts a network's votes on noisy copies of an image. Safe for use by several threads at once. */
public interface VoteCounter extends AutoCloseable {
    /** As {@link org.catrs.certifier.smoothing.BaseClassifier#count}. */
    ClassCounts count(
            ImageTensor image, SmoothingParameters parameters, Seed seed, Phase phase, long first, long samples);

    /** Waits for the counts under way, then frees the network. */
    @Override
    void close();
}
