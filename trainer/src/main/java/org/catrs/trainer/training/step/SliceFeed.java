// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.step;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.catrs.schemas.DaemonThreads;
import org.catrs.trainer.method.slice.NoisySlice;

/** Fills the next slices while others are computed, and measures for how long these still have to wait. */
final class SliceFeed implements AutoCloseable {
    private final SliceSource source;
    private final ExecutorService threads;
    private final List<Room> rooms = new ArrayList<>();
    private final AtomicLong waitedNanos = new AtomicLong();

    /**
     * A feed.
     *
     * @param slices number of slices to hold, those that are being computed included
     * @param fillers number of threads that fill them
     */
    SliceFeed(SliceSource source, int slices, int fillers) {
        this.source = source;
        this.threads = Executors.newFixedThreadPool(fillers, DaemonThreads.named("slice-feed"));
        for (int i = 0; i < slices; i++) {
            rooms.add(new Room(source.newSlice()));
        }
    }

    /**
     * Makes sure that the next slices are under way. To be called when none is being computed.
     *
     * @param first number of the next slice
     */
    void startAt(long first) {
        for (long number = first; number < first + rooms.size(); number++) {
            room(number).fill(number);
        }
    }

    /** Waits for a slice, which is the caller's until it is released. */
    NoisySlice take(long number) {
        long began = System.nanoTime();
        NoisySlice slice = room(number).await();
        waitedNanos.addAndGet(System.nanoTime() - began);
        return slice;
    }

    /** Lets a slice's room be filled again. */
    void release(long number) {
        room(number).fill(number + rooms.size());
    }

    /** Seconds that threads have waited for slices since the last call, of all threads together. */
    double takeWaitedSeconds() {
        return waitedNanos.getAndSet(0) / 1e9;
    }

    private Room room(long number) {
        return rooms.get((int) (number % rooms.size()));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** Memory for one slice, and what happens to it. */
    private final class Room {
        private final NoisySlice slice;
        private long number = -1;
        private Future<?> filled = CompletableFuture.completedFuture(null);

        Room(NoisySlice slice) {
            this.slice = slice;
        }

        void fill(long wanted) {
            if (wanted != number) {
                await();
                number = wanted;
                filled = threads.submit(() -> source.fill(slice, wanted));
            }
        }

        NoisySlice await() {
            try {
                filled.get();
                return slice;
            } catch (InterruptedException exception) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for data", exception);
            } catch (ExecutionException exception) {
                throw new IllegalStateException("a slice could not be filled", exception.getCause());
            }
        }
    }
}
