// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.batches;

import java.util.List;
import java.util.stream.IntStream;
import org.catrs.certifier.smoothing.SampleRange;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.Urgency;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;

/** A network of three classes without an image: each sample votes for its number modulo 4, where 3 is no class. */
final class FakeNetwork {
    static final int CLASSES = 3;

    private static final ImageTensor IMAGE = ImageTensor.of(new ImageShape(1, 1, 1), new byte[1]);
    private static final SmoothingParameters PARAMETERS =
            new SmoothingParameters(0.5, 0.001, 100, 1000, NoiseKind.GAUSSIAN);

    private final SampleQueue queue;

    FakeNetwork(SampleQueue queue) {
        this.queue = queue;
    }

    static SampleRange range(long first, long samples) {
        return new SampleRange(Phase.ESTIMATION, first, samples);
    }

    /** Asks for votes. */
    List<ClassCounts> count(SampleRange... ranges) {
        return queue.count(IMAGE, PARAMETERS, new Seed(1, 2), List.of(ranges), Urgency.NONE);
    }

    /** Asks for votes on a thread of its own. */
    Caller ask(SampleRange... ranges) {
        return new Caller(() -> count(ranges));
    }

    /** Fills batches and runs them until the queue is closed. */
    void serve() {
        for (Filling filling = queue.take(wholly -> true); filling != null; filling = queue.take(wholly -> true)) {
            run(filling);
        }
    }

    static void run(Filling filling) {
        int[] labels = new int[filling.size()];
        filling.draw(0, filling.size(), (noise, index, place) -> {
            labels[place] = label(index);
            return true;
        });
        filling.count(place -> labels[place]);
    }

    /** The votes that a range has whatever it shares its batches with. */
    static ClassCounts expected(SampleRange range) {
        long[] votes = new long[CLASSES];
        IntStream.range(0, (int) range.samples())
                .map(i -> label(range.first() + i))
                .filter(label -> label >= 0)
                .forEach(label -> votes[label]++);
        return new ClassCounts(votes, range.samples());
    }

    private static int label(long index) {
        return index % 4 < CLASSES ? (int) (index % 4) : -1;
    }
}
