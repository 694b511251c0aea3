// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuantizedWeightsTest {
    @Test
    void shouldScaleEachOutputToItsLargestWeight() {
        float[][] weights = {{0.6f, -1, 0.25f}, {0, 0, 0}, {1.5e-3f, 2e-3f, -2e-3f}};

        QuantizedWeights integers = QuantizedWeights.of(weights, new float[] {1, -2, 0}, 0.5f);

        assertThat(integers.values()).isDeepEqualTo(new byte[][] {{38, -63, 16}, {0, 0, 0}, {47, 63, -63}});
        // 1 / (0.5 / 63) = 126, -2 / (0.5 * 1) = -4
        assertThat(integers.biases()).containsExactly(126, -4, 0);
    }

    /** CPUs without VNNI add two products of an input's code and a weight in a signed number of 16 bits. */
    @Test
    void shouldNeverSaturateAProcessorThatAddsTwoProductsInSixteenBits() {
        assertThat(2 * 255 * QuantizedWeights.LARGEST).isLessThanOrEqualTo(Short.MAX_VALUE);
        assertThat(2 * -255 * QuantizedWeights.LARGEST).isGreaterThanOrEqualTo(Short.MIN_VALUE);
    }
}
