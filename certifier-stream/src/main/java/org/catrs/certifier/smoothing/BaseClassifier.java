// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import org.catrs.certifier.counts.ClassCounts;
import org.catrs.certifier.noise.Phase;
import org.catrs.certifier.noise.Seed;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;

/** The classifier that is smoothed: one fixed function of its input. Safe for use by several threads at once. */
public interface BaseClassifier {
    /** Shape of the images that it takes. */
    ImageShape inputShape();

    /** Number of classes, at least 2. */
    int classes();

    /**
     * Counts the classifier's votes on noisy copies of an image. The counts are a function of the arguments alone.
     *
     * @param image of the shape {@link #inputShape()}
     * @param parameters give sigma and the kind of the noise
     * @param samples number of noisy copies, at least 1
     * @throws java.util.concurrent.CancellationException when the calling thread is interrupted; its interrupt flag
     *     stays set
     */
    ClassCounts count(ImageTensor image, SmoothingParameters parameters, Seed seed, Phase phase, long samples);
}
