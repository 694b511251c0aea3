// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.batches;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.catrs.certifier.smoothing.Urgency;
import org.catrs.certifier.smoothing.counts.ClassCounts;

/** Samples of one image whose votes one thread waits for. */
final class SampleRequest {
    private final List<RangeTally> ranges;
    private final Urgency urgency;
    private final CompletableFuture<List<ClassCounts>> answer = new CompletableFuture<>();
    /** Samples whose votes are not known yet; guarded by this. */
    private long missing;
    /** The range that the next sample is of; guarded by the queue, as what follows is. */
    private int range;

    private final long askedAt = System.nanoTime();
    private long takenOfRange;
    private long waiting;

    SampleRequest(List<RangeTally> ranges, Urgency urgency) {
        this.ranges = ranges;
        this.urgency = urgency;
        this.waiting = ranges.stream().mapToLong(RangeTally::samples).sum();
        this.missing = waiting;
    }

    Urgency urgency() {
        return urgency;
    }

    /** Nanoseconds since it was made. */
    long age() {
        return System.nanoTime() - askedAt;
    }

    /** Whether a sample is the first of all. */
    boolean isFirst(RangeTally of, long sample) {
        return of == ranges.get(0) && sample == of.first();
    }

    /** Samples that no batch has taken yet. */
    long waiting() {
        return waiting;
    }

    /**
     * Takes the next samples to a batch.
     *
     * @param place where in the batch they begin
     * @param most how many at most; they are of one range
     */
    Piece take(int place, int most) {
        RangeTally tally = ranges.get(range);
        int size = (int) Math.min(most, tally.samples() - takenOfRange);
        Piece piece = new Piece(this, tally, tally.first() + takenOfRange, place, size);
        takenOfRange += size;
        waiting -= size;
        if (takenOfRange == tally.samples()) {
            range++;
            takenOfRange = 0;
        }
        return piece;
    }

    /**
     * Adds the votes of some samples, and answers when they were the last.
     *
     * @param labels by place; -1 for no class
     */
    void add(Piece piece, int[] labels) {
        synchronized (this) {
            for (int place = piece.place(); place < piece.end(); place++) {
                if (labels[place] >= 0) {
                    piece.range().add(labels[place]);
                }
            }
            missing -= piece.size();
            if (missing > 0) {
                return;
            }
        }
        answer.complete(ranges.stream().map(RangeTally::counts).toList());
    }

    /** Whether nobody waits any more. */
    boolean isAnswered() {
        return answer.isDone();
    }

    /** Nobody waits any more: its samples in batches are lost. */
    void fail(Throwable cause) {
        answer.completeExceptionally(cause);
    }

    List<ClassCounts> await() throws InterruptedException, ExecutionException {
        return answer.get();
    }
}
