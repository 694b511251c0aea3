// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import org.catrs.certifier.smoothing.counts.ClassCounts;

/** The answer of PREDICT (Cohen et al. 2019, section 3.2.1) to one image. */
public sealed interface Prediction {
    /** Votes over the n samples. */
    ClassCounts counts();

    /**
     * With probability at least 1 - alpha over the noise, the smoothed classifier's label if it is given at all.
     *
     * @param label the predicted class, from 0
     */
    record Predicted(int label, ClassCounts counts) implements Prediction {}

    /** The samples do not tell the two leading classes apart. */
    record Undecided(ClassCounts counts) implements Prediction {}
}
