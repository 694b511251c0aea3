// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import java.util.List;
import org.catrs.certifier.smoothing.counts.BatchFill;
import org.catrs.certifier.smoothing.counts.BatchWait;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;

/** The classifier that is smoothed: one fixed function of its input. Safe for use by several threads at once. */
public interface BaseClassifier {
    /** Shape of the images that it takes. */
    ImageShape inputShape();

    /** Number of classes, at least 2. */
    int classes();

    /**
     * Counts the classifier's votes on noisy copies of an image. The counts are a function of the arguments alone, and
     * those of two adjoining ranges add up to those of the whole.
     *
     * @param image of the shape {@link #inputShape()}
     * @param parameters give sigma and the kind of the noise
     * @param first index of the first noisy copy in its phase, at least 0
     * @param samples number of noisy copies from there on, at least 1
     * @throws java.util.concurrent.CancellationException when the calling thread is interrupted; its interrupt flag
     *     stays set
     */
    ClassCounts count(
            ImageTensor image, SmoothingParameters parameters, Seed seed, Phase phase, long first, long samples);

    /**
     * Counts the votes of several ranges of noisy copies of an image. Whoever asks for them together lets them share the
     * network's batches.
     *
     * @param urgency decides who waits where several images are served at once, and no count
     * @return the counts of each range, in their order: those that {@link #count} gives
     * @throws java.util.concurrent.CancellationException when the calling thread is interrupted; its interrupt flag
     *     stays set
     */
    default List<ClassCounts> countAll(
            ImageTensor image, SmoothingParameters parameters, Seed seed, List<SampleRange> ranges, Urgency urgency) {
        return ranges.stream()
                .map(range -> count(image, parameters, seed, range.phase(), range.first(), range.samples()))
                .toList();
    }

    /** How full the batches of the network were so far; nothing where it has none. */
    default BatchFill batchFill() {
        return BatchFill.NONE;
    }

    /** How long requests waited so far for a batch of the network; nothing where it has none. */
    default BatchWait batchWait() {
        return BatchWait.NONE;
    }
}
