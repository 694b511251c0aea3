// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.benchmark;

import java.util.concurrent.TimeUnit;
import org.catrs.certifier.smoothing.bound.CertifiedRadius;
import org.catrs.certifier.smoothing.bound.ClopperPearson;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Time to bound a probability from below, and to make a radius of the bound. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BoundBenchmark {
    private static final double ALPHA = 0.001;

    @Param({"1000", "100000", "10000000"})
    private long n;

    @Param({"0.6", "0.99"})
    private double share;

    /** The bound of Clopper and Pearson. */
    @Benchmark
    public double bound() {
        return ClopperPearson.lowerBound((long) (share * n), n, ALPHA);
    }

    /** The radius that a bound certifies. */
    @Benchmark
    public double radius() {
        return CertifiedRadius.of(0.5, share);
    }
}
