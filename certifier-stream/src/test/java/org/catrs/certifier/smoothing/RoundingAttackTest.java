// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.NoiseSampler;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.junit.jupiter.api.Test;

/**
 * The attack of Voracek and Hein, "Sound Randomized Smoothing in Floating-Point Arithmetic", ICLR 2023: a float that is
 * the sum of a pixel and of noise tells by its last bits which pixel it was, so that a classifier can follow the pixel
 * where the noise should hide it. As in Jin et al., "Getting a-Round Guarantees: Floating-Point Attacks on Certified
 * Robustness", AISec 2024, the classifier is linear, and its rounding does the rest.
 */
class RoundingAttackTest {
    private static final ImageShape SHAPE = new ImageShape(1, 1, 2);
    private static final SmoothingParameters PARAMETERS =
            new SmoothingParameters(0.5, 0.001, 100, 10_000, NoiseKind.DISCRETE);
    private static final int TRIALS = 200;

    @Test
    void shouldFindAViolationInsideTheRadiusOfNaiveFloatNoise() {
        assertThat(violations(RoundingAttackTest::naive, image(255, 255))).isPositive();
    }

    @Test
    void shouldFindNoneInsideTheRadiusOfDiscreteNoise() {
        assertThat(violations(RoundingAttackTest::discrete, image(255, 255))).isZero();
    }

    @Test
    void shouldFindNoneInsideAnyRadiusOfDiscreteNoise() {
        SplittableRandom random = new SplittableRandom(3);
        int certified = 0;
        for (int i = 0; i < 10; i++) {
            ImageTensor image = image(random.nextInt(256), random.nextInt(256));
            int violations = violations(RoundingAttackTest::discrete, image);
            certified += violations < 0 ? 0 : 1;
            assertThat(violations).isLessThanOrEqualTo(0);
        }
        assertThat(certified).isGreaterThan(2);
    }

    /** Number of images found inside the certified radius that have another label for sure; -1 where it abstains. */
    private static int violations(Noise noise, ImageTensor image) {
        Rounding base = new Rounding(noise);
        if (!(new SmoothedClassifier(base, PARAMETERS).certify(image, new Seed(1, 1))
                instanceof Certificate.Certified certificate)) {
            return -1;
        }
        SplittableRandom random = new SplittableRandom(1);
        int found = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            ImageTensor other = image(random.nextInt(256), random.nextInt(256));
            if (squaredDistance(image, other) < Math.pow(255 * certificate.radius(), 2)
                    && isSurelyOther(base, other, certificate.label())) {
                found++;
            }
        }
        return found;
    }

    /** A majority of its label would lose by six standard deviations of the difference only once in 10^9. */
    private static boolean isSurelyOther(Rounding base, ImageTensor image, int label) {
        long samples = 4000;
        ClassCounts counts = base.count(image, PARAMETERS, new Seed(2, 2), Phase.ESTIMATION, 0, samples);
        return counts.of(counts.top()) - counts.of(label) > 6 * Math.sqrt(samples);
    }

    private static long squaredDistance(ImageTensor a, ImageTensor b) {
        long sum = 0;
        for (int i = 0; i < SHAPE.size(); i++) {
            sum += (long) (a.value(i) - b.value(i)) * (a.value(i) - b.value(i));
        }
        return sum;
    }

    private static ImageTensor image(int first, int second) {
        return ImageTensor.of(SHAPE, new byte[] {(byte) first, (byte) second});
    }

    /** As every program on randomized smoothing does: float32 noise is added to a float32 pixel. */
    private static float[] naive(ImageTensor image, Seed seed, Phase phase, long sample) {
        SplittableRandom random = new SplittableRandom(seed.low() + 31 * sample + 17 * phase.code());
        float[] pixels = new float[SHAPE.size()];
        for (int i = 0; i < pixels.length; i++) {
            float noise = (float) PARAMETERS.sigma() * (float) random.nextGaussian();
            pixels[i] = image.value(i) / 255f + noise;
        }
        return pixels;
    }

    private static float[] discrete(ImageTensor image, Seed seed, Phase phase, long sample) {
        float[] pixels = new float[SHAPE.size()];
        NoiseSampler.of(NoiseKind.DISCRETE, PARAMETERS.sigma(), image, seed, phase)
                .draw(sample, pixels, 0);
        return pixels;
    }

    private interface Noise {
        float[] draw(ImageTensor image, Seed seed, Phase phase, long sample);
    }

    /**
     * A linear classifier with the logits 0, s and -s, where s is the sum of ((v - 1) + 1) - v over the pixels v. In real
     * numbers s is 0. In floats, it is 0 for all sums of 1 and noise, but not for most sums of less and noise.
     */
    private record Rounding(Noise noise) implements BaseClassifier {
        @Override
        public ImageShape inputShape() {
            return SHAPE;
        }

        @Override
        public int classes() {
            return 3;
        }

        @Override
        public ClassCounts count(
                ImageTensor image, SmoothingParameters parameters, Seed seed, Phase phase, long first, long samples) {
            long[] votes = new long[3];
            for (long sample = first; sample < first + samples; sample++) {
                float sum = 0;
                for (float pixel : noise.draw(image, seed, phase, sample)) {
                    sum += ((pixel - 1f) + 1f) - pixel;
                }
                votes[sum == 0 ? 0 : sum > 0 ? 1 : 2]++;
            }
            return new ClassCounts(votes, samples);
        }
    }
}
