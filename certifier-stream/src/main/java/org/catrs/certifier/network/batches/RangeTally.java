// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.batches;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.catrs.certifier.smoothing.SampleRange;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseSampler;

/** A range of samples, what draws them, and their votes so far. */
final class RangeTally {
    private final SampleRange range;
    private final Supplier<NoiseSampler> samplers;
    private final Queue<NoiseSampler> idle = new ConcurrentLinkedQueue<>();
    private final long[] votes;

    /** @param samplers makes what one thread draws with; the first is made here, on the thread that asks for votes */
    RangeTally(SampleRange range, int classes, Supplier<NoiseSampler> samplers) {
        this.range = range;
        this.samplers = samplers;
        this.votes = new long[classes];
        idle.add(samplers.get());
    }

    long first() {
        return range.first();
    }

    long samples() {
        return range.samples();
    }

    /** What one thread draws with until it gives it back. */
    NoiseSampler take() {
        NoiseSampler free = idle.poll();
        return free != null ? free : samplers.get();
    }

    void giveBack(NoiseSampler sampler) {
        idle.add(sampler);
    }

    /** Adds a vote; guarded by the request. */
    void add(int label) {
        votes[label]++;
    }

    ClassCounts counts() {
        return new ClassCounts(votes, range.samples());
    }
}
