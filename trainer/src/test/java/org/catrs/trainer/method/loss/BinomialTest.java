// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BinomialTest {
    @Test
    void shouldNeverSucceedAtZeroAndAlwaysAtOne() {
        SplittableRandom random = new SplittableRandom(1);

        assertThat(Binomial.draw(4, 0, random)).isZero();
        assertThat(Binomial.draw(4, 1, random)).isEqualTo(4);
    }

    @Test
    void shouldHaveTheBinomialMeanAndVariance() {
        SplittableRandom random = new SplittableRandom(1);
        int[] draws = IntStream.range(0, 40_000)
                .map(i -> Binomial.draw(4, 0.75, random))
                .toArray();
        double mean = IntStream.of(draws).average().orElseThrow();
        double variance = IntStream.of(draws)
                .mapToDouble(k -> (k - mean) * (k - mean))
                .average()
                .orElseThrow();

        // M p = 3 and M p (1 - p) = 0.75; five standard errors
        assertThat(mean).isCloseTo(3, within(5 * Math.sqrt(0.75 / 40_000)));
        assertThat(variance).isCloseTo(0.75, within(0.03));
    }
}
