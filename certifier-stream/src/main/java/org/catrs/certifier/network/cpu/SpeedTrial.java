// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cpu;

import ai.onnxruntime.OrtException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.catrs.certifier.network.options.MachineShare;
import org.catrs.certifier.network.session.BatchRunner;
import org.catrs.certifier.network.session.OnnxSession;
import org.catrs.schemas.DaemonThreads;

/** Measures how many images a network runs on in a second, by CPU time: what else runs must not choose. */
final class SpeedTrial {
    /** CPU time for a candidate. */
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(150);
    /** Time for a candidate on a busy machine, but for its rests. */
    private static final long MOST_NANOS = 2 * NANOS;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private SpeedTrial() {}

    /** Images in a second of one thread. */
    static double imagesPerSecond(OnnxSession network, int batch, int classes, MachineShare share) {
        try (BatchRunner runner = new BatchRunner(network, batch, classes)) {
            runner.run();
            long runs = 0;
            long began = System.nanoTime();
            long start = THREADS.getCurrentThreadCpuTime();
            long elapsed = 0;
            while (elapsed < NANOS && System.nanoTime() - began < share.withRests(MOST_NANOS)) {
                long before = elapsed;
                runner.run();
                runs++;
                elapsed = THREADS.getCurrentThreadCpuTime() - start;
                share.rest(elapsed - before);
            }
            return (double) runs * batch * TimeUnit.SECONDS.toNanos(1) / elapsed;
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
        }
    }

    /**
     * Images in a second of several threads at once. Threads that share a core take more CPU time for an image, so
     * that twice as many are not twice as fast.
     */
    static double imagesPerSecond(OnnxSession network, int batch, int classes, int threads) {
        ExecutorService executor = Executors.newFixedThreadPool(threads, DaemonThreads.named("speed-trial"));
        try {
            Callable<Double> one = () -> imagesPerSecond(network, batch, classes, MachineShare.AT_ONCE);
            double sum = 0;
            for (Future<Double> speed : executor.invokeAll(Collections.nCopies(threads, one))) {
                sum += speed.get();
            }
            return sum;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a network's speed was measured", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a network's speed was not measured", e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }
}
