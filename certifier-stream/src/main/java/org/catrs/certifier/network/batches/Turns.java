// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.batches;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Whose samples come next. Requests take turns of equal numbers of samples, a new one behind all others: so each comes to
 * its turn however many samples others want, and however many requests come after it. Where some are due, every second
 * slot goes to the one that is due first, and the others are shared out in turns. To be guarded by the queue.
 */
final class Turns {
    private final int turn;
    private final Deque<SampleRequest> waiting = new ArrayDeque<>();
    private final Queue<SampleRequest> due = new PriorityQueue<>(Comparator.comparing(SampleRequest::urgency));
    /** Samples that the first request was given in its present turn. */
    private int taken;
    /** Slots that went to what is due first, less those that went to turns meanwhile. */
    private long lead;

    /** @param turn samples in a turn */
    Turns(int turn) {
        this.turn = turn;
    }

    /** Adds a request with samples. */
    void add(SampleRequest request) {
        waiting.addLast(request);
        if (request.urgency().isDue()) {
            due.add(request);
        }
    }

    /** Takes a request out, if it is there. */
    void remove(SampleRequest request) {
        if (request == waiting.peekFirst()) {
            taken = 0;
        }
        waiting.remove(request);
        due.remove(request);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /**
     * The next samples, all of one range; to be called when there are some.
     *
     * @param place where in the batch they will stand
     * @param most number of samples at most, at least 1
     */
    Piece next(int place, int most) {
        SampleRequest first = due.peek();
        if (first == null) {
            lead = 0;
            return inTurn(place, most);
        }
        boolean isDueFirst = lead <= 0;
        Piece piece = isDueFirst ? take(first, place, Math.min(most, turn)) : inTurn(place, most);
        lead += isDueFirst ? piece.size() : -piece.size();
        return piece;
    }

    /** Ends a turn of which samples were taken. */
    void endTurn() {
        if (taken > 0) {
            waiting.addLast(waiting.removeFirst());
            taken = 0;
        }
    }

    private Piece inTurn(int place, int most) {
        SampleRequest request = waiting.getFirst();
        Piece piece = take(request, place, Math.min(most, turn - taken));
        if (request.waiting() > 0) {
            taken += piece.size();
            if (taken == turn) {
                endTurn();
            }
        }
        return piece;
    }

    private Piece take(SampleRequest request, int place, int most) {
        Piece piece = request.take(place, most);
        if (request.waiting() == 0) {
            remove(request);
        }
        return piece;
    }
}
