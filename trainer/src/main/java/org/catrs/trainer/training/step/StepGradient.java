// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.step;

import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.catrs.schemas.CloseOnFailure;
import org.catrs.schemas.DaemonThreads;
import org.catrs.trainer.architecture.NetworkSpecification;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.engine.TorchEngine;
import org.catrs.trainer.method.slice.SliceLoss;

/**
 * The gradient of a step, computed slice by slice on all cores. Slices are of a fixed size and their gradients are added
 * in their order, so the result depends neither on the number of threads nor on which was faster. Batch normalizations
 * take their statistics over a slice; all slices begin with the step's running statistics, and the step ends with the
 * mean of those that they end with.
 */
public final class StepGradient implements AutoCloseable {
    /** Threads that fill slices where the engine leaves cores free; two of them keep up with a GPU. */
    private static final int MOST_FILLERS = 4;

    private final SliceFeed feed;
    private final GradientCollector collector;
    private final List<SliceWorker> workers = new ArrayList<>();
    private final ExecutorService threads;
    private final List<SliceResult> results = new ArrayList<>();

    /**
     * Starts the threads.
     *
     * @param cores most threads that may compute at once; a GPU has one thread, and the others fill slices
     */
    public StepGradient(NetworkSpecification specification, SliceSource source, int cores) {
        int threadCount = TorchEngine.device().isGpu() ? 1 : Math.min(source.slices(), cores);
        int fillers = Math.min(MOST_FILLERS, Math.max(1, cores - threadCount));
        try (CloseOnFailure opened = new CloseOnFailure()) {
            feed = opened.add(new SliceFeed(source, threadCount + Math.max(threadCount, fillers), fillers));
            collector = opened.add(TorchEngine.newCollector());
            for (int i = 0; i < threadCount; i++) {
                workers.add(opened.add(new SliceWorker(specification, source.method(), collector)));
            }
            for (int i = 0; i < source.slices(); i++) {
                results.add(new SliceResult(
                        workers.get(0).trainedCount(), workers.get(0).statisticsCount()));
            }
            threads = Executors.newFixedThreadPool(threadCount, DaemonThreads.named("slice-gradient"));
            opened.succeeded();
        }
    }

    /** Fresh parameters for the network. */
    public Parameters initialParameters(RandomGenerator random) {
        return workers.get(0).initialParameters(random);
    }

    /** Number of parameters that are trained. */
    public int trainedCount() {
        return workers.get(0).trainedCount();
    }

    /**
     * Computes the gradient of one step.
     *
     * @param values the network's parameters, of which the running statistics are updated
     * @param gradient receives the gradient of the mean loss by those that are trained
     */
    public SliceLoss compute(long step, float[] values, float[] gradient) {
        long first = step * results.size();
        feed.startAt(first);
        AtomicInteger next = new AtomicInteger();
        List<Callable<Void>> tasks = new ArrayList<>();
        for (SliceWorker worker : workers) {
            tasks.add(() -> {
                worker.load(values);
                for (int i = next.getAndIncrement(); i < results.size(); i = next.getAndIncrement()) {
                    worker.compute(feed.take(first + i), values, results.get(i));
                    feed.release(first + i);
                }
                return null;
            });
        }
        await(tasks);
        SliceResult sum = results.get(0);
        results.stream().skip(1).forEach(sum::add);
        System.arraycopy(sum.gradient, 0, gradient, 0, gradient.length);
        System.arraycopy(sum.statistics, 0, values, gradient.length, sum.statistics.length);
        return sum.loss;
    }

    /** Seconds that each thread has waited for data since the last call, in the mean. */
    public double takeWaitedSeconds() {
        return feed.takeWaitedSeconds() / workers.size();
    }

    private void await(List<Callable<Void>> tasks) {
        try {
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a step was computed", exception);
        } catch (ExecutionException exception) {
            throw new IllegalStateException("a step could not be computed", exception.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        feed.close();
        workers.forEach(SliceWorker::close);
        collector.close();
    }
}
