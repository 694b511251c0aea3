// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoiseSamplerTest {
    private static final Seed SEED = Seed.parse("000102030405060708090a0b0c0d0e0f");
    private static final ImageTensor IMAGE = image(3, 9, 7);

    @ParameterizedTest
    @EnumSource(NoiseKind.class)
    void shouldDrawASampleAlikeInAnyOrderAndAtAnyPlace(NoiseKind kind) {
        NoiseSampler forward = sampler(kind, SEED, Phase.ESTIMATION);
        NoiseSampler backward = sampler(kind, SEED, Phase.ESTIMATION);
        int size = IMAGE.shape().size();
        float[] together = new float[10 * size];
        for (int i = 0; i < 10; i++) {
            forward.draw(i, together, i * size);
        }

        for (int i = 9; i >= 0; i--) {
            float[] alone = new float[size];
            backward.draw(i, alone, 0);
            assertThat(alone).containsExactly(Arrays.copyOfRange(together, i * size, (i + 1) * size));
        }
    }

    @ParameterizedTest
    @EnumSource(NoiseKind.class)
    void shouldDrawASampleAlikeOnAnyThread(NoiseKind kind) {
        float[][] here = IntStream.range(0, 64).mapToObj(i -> draw(kind, i)).toArray(float[][]::new);
        float[][] anywhere =
                IntStream.range(0, 64).parallel().mapToObj(i -> draw(kind, i)).toArray(float[][]::new);

        assertThat(anywhere).isDeepEqualTo(here);
    }

    @ParameterizedTest
    @EnumSource(NoiseKind.class)
    void shouldDrawOtherNoiseForAnotherSeedPhaseOrNumber(NoiseKind kind) {
        float[] sample = draw(sampler(kind, SEED, Phase.ESTIMATION), 5);

        assertThat(draw(sampler(kind, SEED, Phase.SELECTION), 5)).isNotEqualTo(sample);
        assertThat(draw(sampler(kind, SEED, Phase.ESTIMATION), 6)).isNotEqualTo(sample);
        assertThat(draw(sampler(kind, new Seed(SEED.high(), SEED.low() + 1), Phase.ESTIMATION), 5))
                .isNotEqualTo(sample);
        assertThat(draw(sampler(kind, new Seed(SEED.high() + 1, SEED.low()), Phase.ESTIMATION), 5))
                .isNotEqualTo(sample);
    }

    @Test
    void shouldClipToTheRangeThatTheNetworkSees() {
        // The smallest and the largest step alone, each with half the probability.
        long[] ends = new long[511];
        ends[510] = 1L << 59;
        DiscreteNoiseSampler sampler =
                new DiscreteNoiseSampler(new DiscreteGaussian(1, ends), IMAGE, new Keystream(SEED, Phase.ESTIMATION));

        float[] pixels = draw(sampler, 0);

        for (float pixel : pixels) {
            assertThat(pixel).isIn(-1f, 2f);
        }
        assertThat(pixels).contains(-1f).contains(2f);
    }

    @Test
    void shouldGiveTheFloatNearestToTheExactSum() {
        float[] pixels = draw(sampler(NoiseKind.DISCRETE, SEED, Phase.ESTIMATION), 0);

        for (float pixel : pixels) {
            double exact = Math.rint(pixel * 255.0) / 255.0;
            assertThat(pixel).isEqualTo((float) exact);
        }
    }

    @Test
    void shouldDrawTheSameInStepsAsInFloats() {
        // The largest sigma has the widest range: 255 * 121 is below 2^15.
        for (double sigma : new double[] {0.01, 0.5, 20}) {
            NoiseSampler floats = NoiseSampler.of(NoiseKind.DISCRETE, sigma, IMAGE, SEED, Phase.ESTIMATION);
            GridNoiseSampler steps = GridNoiseSampler.of(sigma, IMAGE, SEED, Phase.ESTIMATION);
            short[] drawn = new short[3 + IMAGE.shape().size()];
            for (int index = 0; index < 200; index++) {
                assertThat(steps.drawSteps(index, drawn, 3)).isTrue();

                float[] expected = draw(floats, index);
                for (int i = 0; i < expected.length; i++) {
                    assertThat(drawn[3 + i] / 255f).isEqualTo(expected[i]);
                }
            }
        }
    }

    @Test
    void shouldFailWhenAPixelDrawsNothing() {
        // Half of all u draw nothing, so that no sample of 189 pixels succeeds.
        long[] masses = new long[511];
        masses[0] = 1L << 59;
        DiscreteNoiseSampler sampler =
                new DiscreteNoiseSampler(new DiscreteGaussian(1, masses), IMAGE, new Keystream(SEED, Phase.ESTIMATION));

        assertThat(sampler.draw(0, new float[IMAGE.shape().size()], 0)).isFalse();
        assertThat(sampler.drawSteps(0, new short[IMAGE.shape().size()], 0)).isFalse();
    }

    private static float[] draw(NoiseKind kind, int index) {
        return draw(sampler(kind, SEED, Phase.ESTIMATION), index);
    }

    private static float[] draw(NoiseSampler sampler, int index) {
        float[] pixels = new float[IMAGE.shape().size()];
        sampler.draw(index, pixels, 0);
        return pixels;
    }

    private static NoiseSampler sampler(NoiseKind kind, Seed seed, Phase phase) {
        return NoiseSampler.of(kind, 1, IMAGE, seed, phase);
    }

    private static ImageTensor image(int channels, int height, int width) {
        ImageShape shape = new ImageShape(channels, height, width);
        byte[] values = new byte[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (31 * i);
        }
        return ImageTensor.of(shape, values);
    }
}
