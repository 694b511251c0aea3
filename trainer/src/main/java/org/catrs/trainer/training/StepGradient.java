// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training;

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
import org.catrs.trainer.architecture.NetworkSpecification;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.engine.TorchEngine;
import org.catrs.trainer.method.SliceLoss;

/**
 * The gradient of a step, computed slice by slice on all cores. Slices are of a fixed size and their gradients are added
 * in their order, so the result depends neither on the number of threads nor on which was faster. Batch normalisations
 * take their statistics over a slice; all slices begin with the step's running statistics, and the step ends with the
 * mean of those that they end with.
 */
final class StepGradient implements AutoCloseable {
    /** Noisy copies in a slice: enough to keep a core busy, few enough to stay in its cache. */
    private static final int SLICE_COPIES = 128;

    private final int sliceImages;
    private final GradientCollector collector = TorchEngine.newCollector();
    private final List<SliceWorker> workers = new ArrayList<>();
    private final ExecutorService threads;
    private final List<SliceResult> results = new ArrayList<>();

    /**
     * Starts the threads.
     *
     * @param batch number of images in a step
     * @param cores most threads that may compute at once
     */
    StepGradient(NetworkSpecification specification, SliceSource source, int batch, int cores) {
        sliceImages = Math.max(1, SLICE_COPIES / source.method().noises());
        int slices = (batch + sliceImages - 1) / sliceImages;
        int threadCount = Math.min(slices, cores);
        for (int i = 0; i < threadCount; i++) {
            workers.add(new SliceWorker(specification, source, sliceImages, collector));
        }
        threads = Executors.newFixedThreadPool(threadCount);
        for (int i = 0; i < slices; i++) {
            results.add(new SliceResult(
                    workers.get(0).trainedCount(), workers.get(0).statisticsCount()));
        }
    }

    /** Fresh parameters for the network. */
    Parameters initialParameters(RandomGenerator random) {
        return workers.get(0).initialParameters(random);
    }

    /** Number of parameters that are trained. */
    int trainedCount() {
        return workers.get(0).trainedCount();
    }

    /**
     * Computes the gradient of one step.
     *
     * @param batch indices of the step's images
     * @param values the network's parameters, of which the running statistics are updated
     * @param gradient receives the gradient of the mean loss by those that are trained
     */
    SliceLoss compute(long step, int[] batch, float[] values, float[] gradient) {
        AtomicInteger next = new AtomicInteger();
        List<Callable<Void>> tasks = new ArrayList<>();
        for (SliceWorker worker : workers) {
            tasks.add(() -> {
                worker.load(values);
                for (int i = next.getAndIncrement(); i < results.size(); i = next.getAndIncrement()) {
                    int from = i * sliceImages;
                    int to = Math.min(batch.length, from + sliceImages);
                    worker.compute(step, batch, from, to, values, results.get(i));
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
        workers.forEach(SliceWorker::close);
        collector.close();
    }
}
