// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;

/** A base classifier of which the smoothed class probabilities are known: each sample draws its vote with them. */
final class KnownClassifier implements BaseClassifier {
    static final ImageTensor IMAGE = ImageTensor.of(new ImageShape(1, 1, 1), new byte[1]);

    private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;

    private final double[] upper;

    /** @param probabilities of the classes; what they lack to 1 votes for no class */
    KnownClassifier(double... probabilities) {
        upper = probabilities.clone();
        Arrays.parallelPrefix(upper, Double::sum);
    }

    @Override
    public ImageShape inputShape() {
        return IMAGE.shape();
    }

    @Override
    public int classes() {
        return upper.length;
    }

    @Override
    public ClassCounts count(
            ImageTensor image, SmoothingParameters parameters, Seed seed, Phase phase, long first, long samples) {
        long key = new SplittableRandom(Objects.hash(seed, phase.code())).nextLong();
        long[] votes = new long[upper.length];
        for (long i = first; i < first + samples; i++) {
            double u = new SplittableRandom(key + i * GOLDEN_RATIO).nextDouble();
            int label = 0;
            while (label < upper.length && u >= upper[label]) {
                label++;
            }
            if (label < upper.length) {
                votes[label]++;
            }
        }
        return new ClassCounts(votes, samples);
    }
}
