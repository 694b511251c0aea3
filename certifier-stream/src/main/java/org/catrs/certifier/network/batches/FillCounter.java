// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.batches;

import java.util.concurrent.atomic.LongAdder;
import org.catrs.certifier.smoothing.counts.BatchFill;

/** Counts how full the batches of a network are. Safe for use by several threads at once. */
public final class FillCounter {
    private final LongAdder slots = new LongAdder();
    private final LongAdder used = new LongAdder();

    void add(int batchSlots, int batchUsed) {
        slots.add(batchSlots);
        used.add(batchUsed);
    }

    /** What was counted so far. */
    public BatchFill fill() {
        // In this order, because slots are counted first: so no more are used than were run.
        long some = used.sum();
        return new BatchFill(Math.max(some, slots.sum()), some);
    }
}
