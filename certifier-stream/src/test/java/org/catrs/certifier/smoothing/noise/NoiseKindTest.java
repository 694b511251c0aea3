// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseKindTest {
    @Test
    void shouldBeNamedAsOnACommandLine() {
        assertThat(NoiseKind.DISCRETE).hasToString("discrete");
        assertThat(NoiseKind.GAUSSIAN).hasToString("gaussian");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.25, 20})
    void shouldTakeASigmaInItsRange(double sigma) {
        assertThat(NoiseKind.requireSigma(sigma)).isEqualTo(sigma);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.00999, 20.001, -1, 0, Double.NaN, Double.POSITIVE_INFINITY})
    void shouldRefuseASigmaOutsideItsRange(double sigma) {
        ImageTensor image = ImageTensor.of(new ImageShape(1, 1, 1), new byte[1]);

        assertThatThrownBy(() -> NoiseSampler.of(NoiseKind.DISCRETE, sigma, image, Seed.random(), Phase.SELECTION))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("[0.01, 20.0]")
                .hasMessageContaining(Double.toString(sigma));
    }
}
