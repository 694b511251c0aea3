// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.event.Sampling.Stop;
import org.catrs.schemas.image.ImageTensor;
import org.jspecify.annotations.Nullable;

/** Draws the estimation samples of an attempt in their order, and keeps the votes. */
final class SampleDrawing {
    /** The fewest samples that a deadline plan draws before it is asked whether to stop. */
    static final int SMALLEST_CHUNK = 64;
    /** A chunk that takes so long makes the next one smaller, so that a stop is not late. */
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** A chunk that takes less makes the next one larger, so that the work of starting one does not count. */
    private static final long FAST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final BaseClassifier base;
    private final ImageTensor image;
    private final SmoothingParameters parameters;
    private final Seed seed;
    private final Phase phase;
    private final long first;
    private ClassCounts counts;
    private long chunk = SMALLEST_CHUNK;

    /**
     * @param first index of the attempt's first sample in the phase
     * @param counts votes of the attempt's samples so far
     */
    SampleDrawing(
            BaseClassifier base,
            ImageTensor image,
            SmoothingParameters parameters,
            Seed seed,
            Phase phase,
            long first,
            ClassCounts counts) {
        this.base = base;
        this.image = image;
        this.parameters = parameters;
        this.seed = seed;
        this.phase = phase;
        this.first = first;
        this.counts = counts;
    }

    ClassCounts counts() {
        return counts;
    }

    /** Draws until the attempt has n samples; nothing where it has them. */
    void drawTo(long n) {
        if (counts.samples() < n) {
            draw(n - counts.samples(), Urgency.NONE);
        }
    }

    /**
     * Draws in chunks until the attempt has n samples, or a stop is asked for between two chunks. The first chunk is drawn
     * in any case: without samples there is no certificate.
     *
     * @return why it stopped before n; null when it did not
     */
    @Nullable
    Stop drawTo(long n, StopCondition condition) {
        while (counts.samples() < n) {
            Stop stop = counts.samples() == 0 ? null : condition.check();
            if (stop != null) {
                return stop;
            }
            long start = System.nanoTime();
            draw(Math.min(chunk, n - counts.samples()), condition.urgency());
            adapt(System.nanoTime() - start);
        }
        return null;
    }

    private void adapt(long nanos) {
        if (nanos > SLOW_NANOS) {
            chunk = Math.max(SMALLEST_CHUNK, chunk / 2);
        } else if (nanos < FAST_NANOS) {
            chunk *= 2;
        }
    }

    private void draw(long samples, Urgency urgency) {
        SampleRange next = new SampleRange(phase, first + counts.samples(), samples);
        counts = counts.plus(
                base.countAll(image, parameters, seed, List.of(next), urgency).get(0));
    }
}
