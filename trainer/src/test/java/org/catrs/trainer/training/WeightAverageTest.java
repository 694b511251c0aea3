// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightAverageTest {
    private static final float[] VALUES = {1, -2, 0.5f, 3, 4, -1};

    @ParameterizedTest
    @CsvSource({
        // numpy.mean([1, -2, .5, 3, 4, -1])
        "1.0, 0.9166667",
        // m = numpy.mean([1, -2, .5]); scipy.signal.lfilter([1/3], [1, -2/3], [3, 4, -1], zi=[2/3*m])[0][-1]
        "0.5, 0.9506173",
        // The last value.
        "0.1, -1"
    })
    void shouldAverageOverAShareOfTheSteps(double share, float expected) {
        WeightAverage average = new WeightAverage(share, VALUES.length);
        float[] sum = {100, 100};
        for (int step = 1; step <= VALUES.length; step++) {
            average.add(sum, new float[] {VALUES[step - 1], 2 * VALUES[step - 1]}, step);
        }

        assertThat(sum).usingComparatorWithPrecision(1e-5f).containsExactly(expected, 2 * expected);
    }
}
