// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation;

import java.util.SplittableRandom;
import org.catrs.certifier.smoothing.BaseClassifier;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;

/**
 * A base classifier whose first class has a known probability, and is the one that the selection chooses; the other samples
 * vote for no class. It draws 10^9 votes in a second or two.
 */
class BinomialClassifier implements BaseClassifier {
    static final ImageTensor IMAGE = ImageTensor.of(new ImageShape(1, 1, 1), new byte[1]);

    private static final int BITS = 32;

    private long probability;
    private SplittableRandom random = new SplittableRandom(0);

    /** From now on the first class has another probability, and votes are drawn from another seed. */
    void reset(double newProbability, long seed) {
        probability = Math.round(newProbability * (1L << BITS));
        random = new SplittableRandom(seed);
    }

    @Override
    public ImageShape inputShape() {
        return IMAGE.shape();
    }

    @Override
    public int classes() {
        return 2;
    }

    @Override
    public ClassCounts count(
            ImageTensor image, SmoothingParameters parameters, Seed seed, Phase phase, long first, long samples) {
        long votes = phase.equals(Phase.SELECTION) ? samples : successes(samples);
        return new ClassCounts(new long[] {votes, 0}, samples);
    }

    /** Number of successes in so many further trials. */
    long successes(long trials) {
        long count = 0;
        for (long done = 0; done < trials; done += Long.SIZE) {
            long lot = sixtyFourTrials();
            long rest = trials - done;
            count += Long.bitCount(rest < Long.SIZE ? lot & ((1L << rest) - 1) : lot);
        }
        return count;
    }

    /** Each bit compares a random number with the probability, from the last binary digit to the first. */
    private long sixtyFourTrials() {
        if (probability >>> BITS != 0) {
            return -1;
        }
        long below = 0;
        for (int bit = 0; bit < BITS; bit++) {
            long word = random.nextLong();
            below = (probability >>> bit & 1) != 0 ? ~word | below : ~word & below;
        }
        return below;
    }
}
