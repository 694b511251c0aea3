// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation;

import org.catrs.certifier.smoothing.BaseClassifier;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;

/**
 * Of two classes; the image's second value tells the class that is voted for, the first how many of 255 samples do.
 * Calls a hook before each image.
 */
final class FakeClassifier implements BaseClassifier {
    static final ImageShape SHAPE = new ImageShape(1, 1, 2);

    private final Runnable beforeEachImage;

    FakeClassifier(Runnable beforeEachImage) {
        this.beforeEachImage = beforeEachImage;
    }

    @Override
    public ImageShape inputShape() {
        return SHAPE;
    }

    @Override
    public int classes() {
        return 2;
    }

    @Override
    public ClassCounts count(
            ImageTensor image, SmoothingParameters parameters, Seed seed, Phase phase, long first, long samples) {
        if (phase.equals(Phase.SELECTION)) {
            beforeEachImage.run();
        }
        int label = image.value(1);
        long[] votes = new long[2];
        votes[label] = samples * image.value(0) / 255;
        votes[1 - label] = samples - votes[label];
        return new ClassCounts(votes, samples);
    }
}
