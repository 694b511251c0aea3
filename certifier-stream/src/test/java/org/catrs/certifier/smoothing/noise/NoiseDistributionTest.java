// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoiseDistributionTest {
    private static final int SAMPLES = 500;
    private static final int WORST = 5;
    private static final int VALUE = 100;
    private static final ImageTensor GREY = grey(new ImageShape(1, 28, 28));

    @ParameterizedTest
    @CsvSource({"0.01", "0.25", "0.5", "1"})
    void shouldDrawStepsAsOftenAsTheRoundedNormal(double sigma) {
        NormalDistribution normal = NormalDistribution.of(0, 255 * sigma);
        int reach = 1;
        while (draws() * normal.probability(reach + 0.5, reach + 1.5) >= WORST) {
            reach++;
        }
        // Steps beyond the reach are too rare to be cells of their own, and share the outer ones.
        double[] expected = new double[2 * reach + 1];
        for (int i = 0; i < expected.length; i++) {
            int step = i - reach;
            double low = i == 0 ? Double.NEGATIVE_INFINITY : step - 0.5;
            double high = i == 2 * reach ? Double.POSITIVE_INFINITY : step + 0.5;
            expected[i] = draws() * normal.probability(low, high);
        }

        long[] observed = new long[expected.length];
        for (double sum : drawAll(NoiseKind.DISCRETE, sigma)) {
            int step = (int) Math.rint(sum * 255) - VALUE;
            observed[Math.max(0, Math.min(2 * reach, step + reach))]++;
        }

        assertThat(p(expected, observed)).isBetween(0.001, 0.999);
    }

    @ParameterizedTest
    @CsvSource({"0.25", "1"})
    void shouldDrawFloatsAsOftenAsTheNormal(double sigma) {
        NormalDistribution normal = NormalDistribution.of(VALUE / 255.0, sigma);
        double[] expected = new double[200];
        Arrays.fill(expected, draws() / (double) expected.length);
        double[] edges = new double[expected.length - 1];
        Arrays.setAll(edges, i -> normal.inverseCumulativeProbability((i + 1.0) / expected.length));

        long[] observed = new long[expected.length];
        for (double sum : drawAll(NoiseKind.GAUSSIAN, sigma)) {
            int edge = Arrays.binarySearch(edges, sum);
            observed[edge < 0 ? -edge - 1 : edge]++;
        }

        assertThat(p(expected, observed)).isBetween(0.001, 0.999);
    }

    private static double p(double[] expected, long[] observed) {
        return ChiSquareTest.withDefaults().test(expected, observed).getPValue();
    }

    private static long draws() {
        return (long) SAMPLES * GREY.shape().size();
    }

    private static float[] drawAll(NoiseKind kind, double sigma) {
        Seed seed = Seed.parse("0f0e0d0c0b0a09080706050403020100");
        NoiseSampler sampler = NoiseSampler.of(kind, sigma, GREY, seed, Phase.ESTIMATION);
        int size = GREY.shape().size();
        float[] all = new float[SAMPLES * size];
        for (int i = 0; i < SAMPLES; i++) {
            assertThat(sampler.draw(i, all, i * size)).isTrue();
        }
        return all;
    }

    private static ImageTensor grey(ImageShape shape) {
        byte[] values = new byte[shape.size()];
        Arrays.fill(values, (byte) VALUE);
        return ImageTensor.of(shape, values);
    }
}
