// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import org.catrs.certifier.smoothing.BaseClassifier;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;

/** Does as an image's first value says, whatever the noise: votes for that class, or misbehaves. */
final class ScriptedClassifier implements BaseClassifier {
    static final ImageShape SHAPE = new ImageShape(1, 1, 2);
    static final int CLASSES = 3;

    /** First value of an image that all classes get a third of the votes for. */
    static final int UNDECIDED = 100;

    /** First value of an image whose samples vote for no class. */
    static final int NO_VOTES = 101;

    /** First value of an image that this classifier fails on. */
    static final int FAILS = 102;

    /** First value of an image for which the machine has no memory. */
    static final int OUT_OF_MEMORY = 103;

    private boolean broken;

    /** From now on it fails on every image. */
    void breakDown() {
        broken = true;
    }

    @Override
    public ImageShape inputShape() {
        return SHAPE;
    }

    @Override
    public int classes() {
        return CLASSES;
    }

    @Override
    public ClassCounts count(
            ImageTensor image, SmoothingParameters parameters, Seed seed, Phase phase, long first, long samples) {
        int value = image.value(0);
        if (broken || value == FAILS) {
            throw new IllegalStateException("the network did not run");
        }
        if (value == OUT_OF_MEMORY) {
            throw new IllegalStateException("no memory", new OutOfMemoryError("no memory"));
        }
        long[] votes = new long[CLASSES];
        if (value == UNDECIDED) {
            votes[0] = samples / 3;
            votes[1] = samples / 3;
            votes[2] = samples / 3;
        } else if (value != NO_VOTES) {
            votes[value] = samples;
        }
        return new ClassCounts(votes, samples);
    }
}
