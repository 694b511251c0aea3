// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.held;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.catrs.certifier.smoothing.BaseClassifier;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.image.RawTensor;

/** Always votes for the first class, takes as long as a test says, and knows which images it was given how often. */
final class PacedClassifier implements BaseClassifier {
    private static final ImageShape SHAPE = new ImageShape(1, 1, 3);

    private final Pace pace;
    private final Map<Integer, Integer> begun = new ConcurrentHashMap<>();

    /** How long an image takes. */
    interface Pace {
        void work(int image) throws InterruptedException;
    }

    PacedClassifier(Pace pace) {
        this.pace = pace;
    }

    /** The record value of an image, a raw tensor that holds its number. */
    static byte[] image(int number) {
        byte[] values = {(byte) (number >> 16), (byte) (number >> 8), (byte) number};
        return RawTensor.encode(ImageTensor.of(SHAPE, values));
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
        int number = image.value(0) << 16 | image.value(1) << 8 | image.value(2);
        if (phase.equals(Phase.SELECTION)) {
            begun.merge(number, 1, Integer::sum);
        } else {
            work(number);
        }
        return new ClassCounts(new long[] {samples, 0}, samples);
    }

    private void work(int number) {
        try {
            pace.work(number);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted while at work").initCause(e);
        }
    }

    /** The images that were begun. */
    Set<Integer> begun() {
        return Set.copyOf(begun.keySet());
    }

    /** The images that were begun more than once. */
    Set<Integer> begunAgain() {
        return begun.entrySet().stream()
                .filter(image -> image.getValue() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
