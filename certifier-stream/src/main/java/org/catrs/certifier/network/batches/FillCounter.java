// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.batches;

import java.util.concurrent.atomic.LongAdder;
import org.catrs.certifier.smoothing.counts.BatchFill;
import org.catrs.certifier.smoothing.counts.BatchWait;

/** Counts how full the batches of a network are, and how long requests wait for one. Safe for use by several threads at once. */
public final class FillCounter {
    private final LongAdder slots = new LongAdder();
    private final LongAdder used = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final LongAdder waitedNanos = new LongAdder();

    void add(int batchSlots, int batchUsed) {
        slots.add(batchSlots);
        used.add(batchUsed);
    }

    /** A batch has taken the first sample of a request. */
    void waited(long nanos) {
        waitedNanos.add(nanos);
        requests.increment();
    }

    /** How long requests waited for a batch so far. */
    public BatchWait waited() {
        return new BatchWait(requests.sum(), waitedNanos.sum() / 1e9);
    }

    /** What was counted so far. */
    public BatchFill fill() {
        // In this order, because slots are counted first: so no more are used than were run.
        long some = used.sum();
        return new BatchFill(Math.max(some, slots.sum()), some);
    }
}
