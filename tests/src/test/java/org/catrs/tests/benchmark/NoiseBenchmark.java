// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.benchmark;

import java.util.concurrent.TimeUnit;
import org.catrs.certifier.smoothing.noise.GridNoiseSampler;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.NoiseSampler;
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
import org.openjdk.jmh.annotations.Warmup;

/** Time to draw the noise of one pixel, of an MNIST image. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NoiseBenchmark {
    private static final int PIXELS = 784;

    @Param({"0.25", "0.5", "1.0"})
    private double sigma;

    private final float[] floats = new float[PIXELS];
    private final short[] steps = new short[PIXELS];
    private GridNoiseSampler discrete;
    private NoiseSampler gaussian;
    private long index;

    /** Makes the samplers. */
    @Setup
    public void prepare() {
        ImageTensor image = ImageTensor.of(new ImageShape(1, 28, 28), new byte[PIXELS]);
        Seed seed = new Seed(1, 2);
        discrete = GridNoiseSampler.of(sigma, image, seed, Phase.ESTIMATION);
        gaussian = NoiseSampler.of(NoiseKind.GAUSSIAN, sigma, image, seed, Phase.ESTIMATION);
    }

    /** Discrete noise as int16. */
    @Benchmark
    @OperationsPerInvocation(PIXELS)
    public boolean discreteSteps() {
        return discrete.drawSteps(index++, steps, 0);
    }

    /** Discrete noise as float32. */
    @Benchmark
    @OperationsPerInvocation(PIXELS)
    public boolean discreteFloats() {
        return discrete.draw(index++, floats, 0);
    }

    /** Floating-point noise. */
    @Benchmark
    @OperationsPerInvocation(PIXELS)
    public boolean gaussianFloats() {
        return gaussian.draw(index++, floats, 0);
    }
}
