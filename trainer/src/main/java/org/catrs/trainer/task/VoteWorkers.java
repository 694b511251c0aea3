// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.task;

import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.catrs.schemas.CloseOnFailure;
import org.catrs.schemas.DaemonThreads;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.engine.TorchEngine;

/** Threads that count votes, each with a copy of the network. */
final class VoteWorkers implements AutoCloseable {
    private final GradientCollector collector;
    private final List<VoteWorker> workers = new ArrayList<>();
    private final ExecutorService threads;

    VoteWorkers(DatasetVotes task, Parameters parameters) {
        int cores = Runtime.getRuntime().availableProcessors();
        try (CloseOnFailure opened = new CloseOnFailure()) {
            collector = opened.add(TorchEngine.newCollector());
            for (int i = 0; i < cores; i++) {
                workers.add(opened.add(new VoteWorker(task, collector, parameters)));
            }
            threads = Executors.newFixedThreadPool(cores, DaemonThreads.named("votes"));
            opened.succeeded();
        }
    }

    /** Number of threads. */
    int size() {
        return workers.size();
    }

    /** Counts of the classes, for images from one index to another, exclusive. */
    int[][] count(int from, int to) {
        int[][] counts = new int[to - from][];
        AtomicInteger next = new AtomicInteger(from);
        List<Callable<Void>> tasks = new ArrayList<>();
        for (VoteWorker worker : workers) {
            tasks.add(() -> {
                for (int image = next.getAndIncrement(); image < to; image = next.getAndIncrement()) {
                    counts[image - from] = worker.count(image);
                }
                return null;
            });
        }
        try {
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while votes were counted", exception);
        } catch (ExecutionException exception) {
            throw new IllegalStateException("votes could not be counted", exception.getCause());
        }
        return counts;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        workers.forEach(VoteWorker::close);
        collector.close();
    }
}
