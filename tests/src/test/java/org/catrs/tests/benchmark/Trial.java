// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.certifier.network.options.Precision;
import org.catrs.certifier.smoothing.SmoothedClassifier;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.noise.GridNoiseSampler;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.image.ImageTensor;

/** Times certificates of a model, and the noise in them. */
final class Trial {
    private static final long WARM_UP = 50_000;
    private static final int NOISE_SAMPLES = 100_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final OpenModel model;
    private final Dataset images;

    Trial(OpenModel model, Dataset images) {
        this.model = model;
        this.images = images;
        certify(WARM_UP, 0);
    }

    /** Times whole certificates, with the samples that choose the class. */
    Speed speed(long n, int count) {
        long begin = System.nanoTime();
        long beginCpu = PROCESS.getProcessCpuTime();
        for (int i = 0; i < count; i++) {
            certify(n, i);
        }
        double samples = (double) count * (n + SmoothingParameters.DEFAULT_N0);
        double cpuSeconds = (PROCESS.getProcessCpuTime() - beginCpu) / 1e9;
        return new Speed(samples * 1e9 / (System.nanoTime() - begin), samples / cpuSeconds);
    }

    private void certify(long n, int index) {
        SmoothingParameters parameters = new SmoothingParameters(
                model.sigma(),
                SmoothingParameters.DEFAULT_ALPHA,
                SmoothingParameters.DEFAULT_N0,
                n,
                NoiseKind.DISCRETE);
        new SmoothedClassifier(model.classifier(), parameters).certify(image(index), Seed.random());
    }

    /** CPU time to draw a sample's noise, in the form that the precision takes. */
    double noiseSecondsPerSample(Precision precision) {
        GridNoiseSampler noise = GridNoiseSampler.of(model.sigma(), image(0), Seed.random(), Phase.ESTIMATION);
        short[] steps = new short[model.inputShape().size()];
        float[] floats = new float[model.inputShape().size()];
        double best = Double.POSITIVE_INFINITY;
        for (int round = 0; round < 5; round++) {
            long begin = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < NOISE_SAMPLES; i++) {
                if (precision == Precision.INT8) {
                    noise.drawSteps(i, steps, 0);
                } else {
                    noise.draw(i, floats, 0);
                }
            }
            best = Math.min(best, (THREADS.getCurrentThreadCpuTime() - begin) / 1e9 / NOISE_SAMPLES);
        }
        return best;
    }

    private ImageTensor image(int index) {
        return images.get(index % images.size()).image();
    }

    /**
     * How fast certificates were made.
     *
     * @param samplesPerSecond by the clock
     * @param samplesPerCoreSecond by the CPU time of all threads, which a neighbour on the machine hardly changes
     */
    record Speed(double samplesPerSecond, double samplesPerCoreSecond) {}
}
