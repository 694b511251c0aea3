// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.batches;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.catrs.certifier.smoothing.SampleRange;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.Urgency;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseSampler;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.image.ImageTensor;
import org.jspecify.annotations.Nullable;

/**
 * Where certifications ask for votes, and whoever runs the network fills batches with the samples of all of them. What a
 * sample votes for does not depend on the batch that it stands in, so neither do the counts. Safe for use by several
 * threads at once, on both sides.
 */
public final class SampleQueue {
    /**
     * Samples in a turn: a selection of 100 and an adaptive plan's first look. In two turns, all images at hand would be
     * answered by one batch, and then nobody would be there to fill the next.
     */
    private static final int TURN = 164;

    private final int batch;
    private final int classes;
    private final BatchSharing sharing;
    private final FillCounter fill;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Requests with samples that no batch has taken; this and the next two are guarded by the lock. */
    private final Turns turns;

    private long waiting;
    private boolean closed;

    /** Whether there is use in filling a batch now. */
    @FunctionalInterface
    public interface Readiness {
        /** Told whether there are samples enough to leave no place empty. */
        boolean mayFill(boolean wholly);
    }

    /**
     * @param batch images in a run
     * @param classes number of the network's classes
     * @param fill counts how full the batches are
     */
    public SampleQueue(int batch, int classes, BatchSharing sharing, FillCounter fill) {
        this.batch = batch;
        this.classes = classes;
        this.sharing = sharing;
        this.fill = fill;
        this.turns = new Turns(sharing == BatchSharing.NONE ? batch : TURN);
    }

    /**
     * Asks for the votes of samples, and waits for them.
     *
     * @param ranges at least one
     * @return the counts of each range, in their order
     * @throws CancellationException when the calling thread is interrupted; its interrupt flag stays set
     * @throws IllegalStateException when the network failed on these samples, or is closed
     */
    public List<ClassCounts> count(
            ImageTensor image, SmoothingParameters parameters, Seed seed, List<SampleRange> ranges, Urgency urgency) {
        return await(ask(image, parameters, seed, ranges, urgency));
    }

    /** Asks as {@link #count} does, and does not wait. */
    SampleRequest ask(
            ImageTensor image, SmoothingParameters parameters, Seed seed, List<SampleRange> ranges, Urgency urgency) {
        SampleRequest request = new SampleRequest(
                ranges.stream()
                        .map(range -> new RangeTally(
                                range,
                                classes,
                                () -> NoiseSampler.of(
                                        parameters.noise(), parameters.sigma(), image, seed, range.phase())))
                        .toList(),
                urgency);
        add(request);
        return request;
    }

    /** Waits for the votes of a request, as {@link #count} does. */
    List<ClassCounts> await(SampleRequest request) {
        try {
            return request.await();
        } catch (InterruptedException e) {
            giveUp(request, e);
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted while counting votes").initCause(e);
        } catch (ExecutionException e) {
            giveUp(request, e);
            throw new IllegalStateException("counting votes failed", e.getCause());
        }
    }

    /**
     * Fills a batch, as soon as there are samples.
     *
     * @param readiness asked again when samples come, and after {@link #wake()}
     * @return null when the queue is closed and no samples are left
     */
    public @Nullable Filling take(Readiness readiness) {
        lock.lock();
        try {
            while (waiting == 0 ? !closed : !readiness.mayFill(waiting >= batch)) {
                changed.awaitUninterruptibly();
            }
            if (waiting == 0) {
                return null;
            }
            Filling filling = fill();
            if (waiting > 0) {
                changed.signal();
            }
            return filling;
        } finally {
            lock.unlock();
        }
    }

    private Filling fill() {
        Filling filling = new Filling(batch, fill);
        add(turns.next(0, batch), filling);
        if (sharing == BatchSharing.AMONG_REQUESTS) {
            addOthers(filling);
        } else {
            turns.endTurn();
        }
        return filling;
    }

    private void addOthers(Filling filling) {
        while (filling.room() > 0 && !turns.isEmpty()) {
            add(turns.next(filling.size(), filling.room()), filling);
        }
    }

    private void add(Piece piece, Filling filling) {
        filling.add(piece);
        if (piece.isFirst()) {
            fill.waited(piece.request().age());
        }
        waiting -= piece.size();
    }

    /**
     * Adds what has come since a batch was filled, as far as there is room for it.
     *
     * @return whether there was something
     */
    public boolean fillUp(Filling filling) {
        lock.lock();
        try {
            int before = filling.size();
            if (sharing == BatchSharing.AMONG_REQUESTS) {
                addOthers(filling);
            }
            return filling.size() > before;
        } finally {
            lock.unlock();
        }
    }

    private void add(SampleRequest request) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the network is closed");
            }
            turns.add(request);
            waiting += request.waiting();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void giveUp(SampleRequest request, Throwable cause) {
        request.fail(cause);
        lock.lock();
        try {
            if (request.waiting() > 0) {
                turns.remove(request);
                waiting -= request.waiting();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets whoever waits to fill a batch look again whether he may. */
    public void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more requests; those that are here are answered. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
