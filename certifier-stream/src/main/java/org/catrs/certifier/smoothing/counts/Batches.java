// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.counts;

import java.util.concurrent.atomic.AtomicLong;

/** Hands the batches of a count out to threads, until there are no more or it is stopped. */
final class Batches {
    private final long samples;
    private final long end;
    private final int size;
    private final AtomicLong next;
    private volatile boolean stopped;

    /** Batches of the samples {@code first} to {@code first + samples - 1}. */
    Batches(long first, long samples, int size) {
        this.samples = samples;
        this.end = first + samples;
        this.size = size;
        this.next = new AtomicLong(first);
    }

    /** Number of batches, of which the last may be smaller. */
    long count() {
        return (samples + size - 1) / size;
    }

    /** First sample of a batch that nobody else has, or -1. */
    long next() {
        if (stopped) {
            return -1;
        }
        long first = next.getAndAdd(size);
        return first < end ? first : -1;
    }

    /** Size of the batch with the given first sample. */
    int sizeAt(long first) {
        return (int) Math.min(size, end - first);
    }

    void stop() {
        stopped = true;
    }
}
