// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmoothingParametersTest {
    @Test
    void shouldTakeThePapersProtocol() {
        SmoothingParameters parameters = new SmoothingParameters(
                0.5,
                SmoothingParameters.DEFAULT_ALPHA,
                SmoothingParameters.DEFAULT_N0,
                SmoothingParameters.DEFAULT_N,
                NoiseKind.DISCRETE);

        assertThat(parameters).isEqualTo(new SmoothingParameters(0.5, 0.001, 100, 100_000, NoiseKind.DISCRETE));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.001, 100, 1000, sigma",
        "NaN, 0.001, 100, 1000, sigma",
        "0.5, 0, 100, 1000, alpha",
        "0.5, 0.5, 100, 1000, alpha",
        "0.5, NaN, 100, 1000, alpha",
        "0.5, 0.001, 0, 1000, n0",
        "0.5, 0.001, 1000000001, 1000, n0",
        "0.5, 0.001, 100, 0, n",
        "0.5, 0.001, 100, 1000000001, n"
    })
    void shouldRefuseAParameterOutOfItsRange(double sigma, double alpha, long n0, long n, String name) {
        assertThatThrownBy(() -> new SmoothingParameters(sigma, alpha, n0, n, NoiseKind.GAUSSIAN))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(name + " must");
    }
}
