// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.catrs.trainer.noise.RandomStreams.Purpose;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {
    private final RandomStreams streams = new RandomStreams(1);

    @Test
    void shouldRepeatAStream() {
        assertThat(streams.generator(Purpose.NOISE, 3, 4).nextLong())
                .isEqualTo(new RandomStreams(1).generator(Purpose.NOISE, 3, 4).nextLong());
    }

    @Test
    void shouldGiveEveryPurposePlaceAndSeedItsOwnStream() {
        Set<Long> first = new HashSet<>();
        for (Purpose purpose : Purpose.values()) {
            for (long step = 0; step < 10; step++) {
                for (long place = 0; place < 10; place++) {
                    first.add(streams.generator(purpose, step, place).nextLong());
                    first.add(
                            new RandomStreams(2).generator(purpose, step, place).nextLong());
                }
            }
        }

        assertThat(first).hasSize(2 * Purpose.values().length * 100);
    }

    @Test
    void shouldBeStandardNormalAcrossStreams() {
        double sum = 0;
        double squares = 0;
        for (int place = 0; place < 1000; place++) {
            RandomGenerator random = streams.generator(Purpose.NOISE, 0, place);
            for (int i = 0; i < 100; i++) {
                double value = random.nextGaussian();
                sum += value;
                squares += value * value;
            }
        }

        // five standard errors of 100,000 samples: 1 / sqrt(1e5) and sqrt(2 / 1e5)
        assertThat(sum / 100_000).isCloseTo(0, within(0.016));
        assertThat(squares / 100_000).isCloseTo(1, within(0.023));
    }
}
