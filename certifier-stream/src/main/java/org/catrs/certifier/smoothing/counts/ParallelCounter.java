// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.counts;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.catrs.schemas.DaemonThreads;

/**
 * Counts the votes of numbered samples, batch by batch, on threads of its own. Which thread takes which batch is left to
 * chance; the counts are not, as long as a sample's vote depends on its number alone. Safe for use by several threads at
 * once, which then share the threads.
 */
public final class ParallelCounter implements AutoCloseable {
    private static final ThreadFactory THREADS = DaemonThreads.numbered("inference-");

    private final int threads;
    private final ExecutorService executor;

    /** @param threads number of threads, at least 1 */
    public ParallelCounter(int threads) {
        this.threads = threads;
        this.executor = Executors.newFixedThreadPool(threads, THREADS);
    }

    /** Votes on behalf of one thread for the length of one count, and owns what it needs to do so. */
    public interface Voter extends AutoCloseable {
        /**
         * Adds the votes of the samples {@code first} to {@code first + size - 1}.
         *
         * @param votes votes by class
         */
        void vote(long first, int size, long[] votes);

        @Override
        void close();
    }

    /**
     * Counts the votes of the samples {@code first} to {@code first + samples - 1}.
     *
     * @param batch most samples that a voter is given at once
     * @param voters makes a voter; called on the thread that uses it
     * @throws CancellationException when the calling thread is interrupted; its interrupt flag stays set, and the
     *     voters stop after their batch
     */
    public ClassCounts count(long first, long samples, int batch, int classes, Supplier<? extends Voter> voters) {
        Batches batches = new Batches(first, samples, batch);
        List<Future<long[]>> shares = new ArrayList<>();
        for (long i = 0; i < Math.min(threads, batches.count()); i++) {
            shares.add(executor.submit(() -> share(batches, classes, voters)));
        }
        try {
            long[] votes = new long[classes];
            for (Future<long[]> share : shares) {
                long[] some = share.get();
                for (int label = 0; label < classes; label++) {
                    votes[label] += some[label];
                }
            }
            return new ClassCounts(votes, samples);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted while counting votes").initCause(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("counting votes failed", e.getCause());
        } finally {
            batches.stop();
        }
    }

    private static long[] share(Batches batches, int classes, Supplier<? extends Voter> voters) {
        long[] votes = new long[classes];
        try (Voter voter = voters.get()) {
            for (long first = batches.next(); first >= 0; first = batches.next()) {
                voter.vote(first, batches.sizeAt(first), votes);
            }
            return votes;
        } catch (RuntimeException | Error e) {
            batches.stop();
            throw e;
        }
    }

    /** Takes no more counts, and waits for those under way. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            boolean ended = false;
            while (!ended) {
                ended = executor.awaitTermination(1, TimeUnit.MINUTES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
