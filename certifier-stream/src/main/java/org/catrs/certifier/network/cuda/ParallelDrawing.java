// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cuda;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.catrs.certifier.network.batches.Filling;

/** Draws noise into batches, on several threads at once. */
final class ParallelDrawing {
    /** So that no thread waits long for the slowest. */
    private static final int PARTS_PER_THREAD = 4;

    private final Executor executor;
    private final int threads;
    private final Supplier<BatchDrawer> drawers;
    private final Queue<BatchDrawer> idle = new ConcurrentLinkedQueue<>();

    /** @param drawers makes what one thread draws with */
    ParallelDrawing(Executor executor, int threads, Supplier<BatchDrawer> drawers) {
        this.executor = executor;
        this.threads = threads;
        this.drawers = drawers;
    }

    /**
     * Draws what stands in a batch from a place on.
     *
     * @param first the place, below the number of samples
     */
    void draw(DeviceBatch batch, Filling filling, int first) {
        int size = filling.size();
        int parts = PARTS_PER_THREAD * threads;
        int share = (size - first + parts - 1) / parts;
        CompletableFuture<?>[] drawn = IntStream.range(0, (size - first + share - 1) / share)
                .map(part -> first + part * share)
                .mapToObj(from -> CompletableFuture.runAsync(
                        () -> draw(batch, filling, from, Math.min(size, from + share)), executor))
                .toArray(CompletableFuture<?>[]::new);
        // Waits for all parts, also when one fails: they write to the batch.
        CompletableFuture.allOf(drawn).join();
    }

    private void draw(DeviceBatch batch, Filling filling, int from, int to) {
        BatchDrawer taken = idle.poll();
        BatchDrawer drawer = taken != null ? taken : drawers.get();
        filling.draw(from, to, (noise, index, place) -> drawer.draw(noise, index, batch, place));
        idle.add(drawer);
    }
}
