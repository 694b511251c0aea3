// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.benchmark;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.catrs.certifier.network.batches.BatchSharing;
import org.catrs.certifier.network.batches.FillCounter;
import org.catrs.certifier.network.batches.Filling;
import org.catrs.certifier.network.batches.SampleQueue;
import org.catrs.certifier.smoothing.SampleRange;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.Urgency;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Time that counting costs for a sample, beside noise and network: votes are cast by a function that costs nothing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CountingBenchmark {
    private static final int SAMPLES = 100_000;
    private static final int CLASSES = 10;
    private static final int BATCH = 64;
    private static final ImageTensor IMAGE = ImageTensor.of(new ImageShape(1, 1, 1), new byte[1]);
    private static final SmoothingParameters PARAMETERS =
            new SmoothingParameters(0.5, 0.001, 100, SAMPLES, NoiseKind.DISCRETE);

    @Param({"1", "2"})
    private int threads;

    private SampleQueue queue;
    private ExecutorService executor;

    /** Starts the threads. */
    @Setup
    public void start() {
        queue = new SampleQueue(BATCH, CLASSES, BatchSharing.AMONG_REQUESTS, new FillCounter());
        executor = Executors.newFixedThreadPool(threads);
        for (int i = 0; i < threads; i++) {
            executor.execute(this::vote);
        }
    }

    /** Ends the threads. */
    @TearDown
    public void stop() {
        queue.close();
        executor.shutdown();
    }

    /** Counts in batches of 64. */
    @Benchmark
    @OperationsPerInvocation(SAMPLES)
    public List<ClassCounts> count() {
        SampleRange range = new SampleRange(Phase.ESTIMATION, 0, SAMPLES);
        return queue.count(IMAGE, PARAMETERS, new Seed(1, 2), List.of(range), Urgency.NONE);
    }

    private void vote() {
        for (Filling filling = queue.take(wholly -> true); filling != null; filling = queue.take(wholly -> true)) {
            filling.draw(0, filling.size(), (noise, index, place) -> true);
            filling.count(place -> place % CLASSES);
        }
    }
}
