// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.benchmark;

import java.util.concurrent.TimeUnit;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.counts.ParallelCounter;
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

    @Param({"1", "2"})
    private int threads;

    private ParallelCounter counter;

    /** Starts the threads. */
    @Setup
    public void start() {
        counter = new ParallelCounter(threads);
    }

    /** Ends the threads. */
    @TearDown
    public void stop() {
        counter.close();
    }

    /** Counts in batches of 64. */
    @Benchmark
    @OperationsPerInvocation(SAMPLES)
    public ClassCounts count() {
        return counter.count(0, SAMPLES, 64, CLASSES, Free::new);
    }

    private static final class Free implements ParallelCounter.Voter {
        @Override
        public void vote(long first, int size, long[] votes) {
            for (long sample = first; sample < first + size; sample++) {
                votes[(int) (sample % CLASSES)]++;
            }
        }

        @Override
        public void close() {}
    }
}
