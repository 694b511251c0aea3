// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import java.util.List;
import org.catrs.certifier.smoothing.SampleRange;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.Urgency;
import org.catrs.certifier.smoothing.counts.BatchFill;
import org.catrs.certifier.smoothing.counts.BatchWait;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.image.ImageTensor;

/** Counts a network's votes on noisy copies of images. Safe for use by several threads at once. */
public interface VoteCounter extends AutoCloseable {
    /** As {@link org.catrs.certifier.smoothing.BaseClassifier#countAll}. */
    List<ClassCounts> count(
            ImageTensor image, SmoothingParameters parameters, Seed seed, List<SampleRange> ranges, Urgency urgency);

    /** How full the batches were so far. */
    BatchFill fill();

    /** How long requests waited for a batch so far. */
    BatchWait waited();

    /** Waits for the counts under way, then frees the network. */
    @Override
    void close();
}
