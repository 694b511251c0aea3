// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import org.catrs.trainer.jobs.JobRecord.Cancellation;

/**
 * The records of one partition that wait. They are read ahead of the job that is being worked at, so that its
 * cancellation, which stands behind it, is seen; their offsets are committed one by one when each is dealt with.
 *
 * <p>Only so many are held. Of what comes after, cancellations of jobs that are held are heeded, and the rest is to be
 * read again later.
 */
final class JobQueue {
    private final int capacity;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long next = -1;
    private long cut = -1;

    /** @param capacity most records that are held */
    JobQueue(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Adds the partition's next record.
     *
     * @return the job that waited until this record cancelled it
     */
    Optional<String> add(long offset, JobRecord content) {
        Optional<String> cancelled = Optional.empty();
        if (content instanceof Cancellation cancellation) {
            cancelled = cancel(cancellation.id());
        }
        next = Math.max(next, offset + 1);
        if (cut < 0 && entries.size() < capacity) {
            entries.add(new Entry(offset, content));
        } else if (cut < 0) {
            cut = offset;
        }
        return cancelled;
    }

    /** Whether the record that was added last is held. */
    boolean isHolding() {
        return cut < 0;
    }

    /** Takes the first record. */
    Optional<Entry> take() {
        return Optional.ofNullable(entries.poll());
    }

    /** Where to read again, once nothing waits; asking forgets it. */
    OptionalLong takeCut() {
        if (cut < 0 || !entries.isEmpty()) {
            return OptionalLong.empty();
        }
        long from = cut;
        cut = -1;
        next = from;
        return OptionalLong.of(from);
    }

    /** Offset of the first record that is not dealt with, once those before the ones that wait are. */
    long nextOffset() {
        Entry first = entries.peek();
        return first != null ? first.offset() : cut >= 0 ? cut : next;
    }

    /** Number of orders that wait. */
    long waiting() {
        return entries.stream()
                .filter(entry -> entry.content() instanceof JobRecord.Order)
                .count();
    }

    private Optional<String> cancel(String id) {
        boolean found = false;
        Deque<Entry> rest = new ArrayDeque<>(entries);
        entries.clear();
        for (Entry entry : rest) {
            boolean ordered = entry.content() instanceof JobRecord.Order
                    && entry.content().id().equals(id);
            entries.add(ordered ? new Entry(entry.offset(), new Cancellation(id)) : entry);
            found |= ordered;
        }
        return found ? Optional.of(id) : Optional.empty();
    }

    /** A record and where it stands. */
    record Entry(long offset, JobRecord content) {}
}
