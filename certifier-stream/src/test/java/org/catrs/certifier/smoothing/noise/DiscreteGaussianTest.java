// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscreteGaussianTest {
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.25, 0.5, 1, 20})
    void shouldLeaveAtMostOneUnitAStepUndrawn(double sigma) {
        DiscreteGaussian noise = DiscreteGaussian.of(sigma);
        long[] thresholds = noise.thresholds();

        long undrawn = (1L << 60) - thresholds[2 * noise.limit()];

        assertThat(undrawn).isBetween(1L, (long) thresholds.length);
        assertThat(noise.value((1L << 60) - 1)).isEqualTo(noise.none());
        assertThat(noise.value(thresholds[2 * noise.limit()])).isEqualTo(noise.none());
        assertThat(noise.value(thresholds[2 * noise.limit()] - 1)).isLessThanOrEqualTo(noise.limit());
    }

    @Test
    void shouldPutTheNormalsMassOnAStep() {
        DiscreteGaussian noise = DiscreteGaussian.of(0.5);
        long[] thresholds = noise.thresholds();
        int zero = noise.limit();

        // A step is 1/255 wide and sigma is 1/2: mpmath.ncdf(1/255) - mpmath.ncdf(-1/255)
        assertThat((thresholds[zero] - thresholds[zero - 1]) * 0x1p-60).isCloseTo(0.0031289510421031396, within(1e-17));
        // mpmath.ncdf(257/255) - mpmath.ncdf(255/255)
        assertThat((thresholds[zero + 128] - thresholds[zero + 127]) * 0x1p-60)
                .isCloseTo(0.001890367289650215, within(1e-17));
    }

    @Test
    void shouldDrawTheFirstStepWhoseThresholdIsAbove() {
        DiscreteGaussian noise = new DiscreteGaussian(1, new long[] {1L << 58, 1L << 57, 1L << 56});

        assertThat(noise.value(0)).isEqualTo(-2);
        assertThat(noise.value((1L << 56) - 1)).isEqualTo(-2);
        assertThat(noise.value(1L << 56)).isEqualTo(-1);
        assertThat(noise.value(3L << 56)).isEqualTo(0);
        assertThat(noise.value((10L << 56) - 1)).isEqualTo(2);
        assertThat(noise.value(10L << 56)).isEqualTo(noise.none());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.25, 1, 20})
    void shouldGuideToTheValueWhateverTheLowBits(double sigma) {
        DiscreteGaussian noise = DiscreteGaussian.of(sigma);
        SplittableRandom random = new SplittableRandom(1);

        for (int high = 0; high < noise.guide().length; high++) {
            int first = noise.value((long) high << 44);
            int last = noise.value(((high + 1L) << 44) - 1);
            int any = noise.value((long) high << 44 | random.nextLong(1L << 44));
            int guided = noise.guide()[high];
            if (guided != (first == last ? first : noise.none()) || any < first || any > last) {
                fail("the guide says %s at %s, where the steps are %s to %s", guided, high, first, last);
            }
        }
    }
}
