// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.held;

import java.util.concurrent.atomic.LongAdder;

/** Counts the transactions of an instance's answers. Safe for use by several threads. */
public final class Transactions {
    private final LongAdder committed = new LongAdder();
    private final LongAdder aborted = new LongAdder();

    void commit() {
        committed.increment();
    }

    void abort() {
        aborted.increment();
    }

    /** Number of those that were committed with answers. */
    public long committed() {
        return committed.sum();
    }

    /** Number of those that were aborted. */
    public long aborted() {
        return aborted.sum();
    }
}
