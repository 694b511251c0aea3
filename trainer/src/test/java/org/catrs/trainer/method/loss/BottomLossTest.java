// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Expected values are worked out by hand from eq. 7, with log p0 = log 0.2 = -1.609438. */
class BottomLossTest {
    private static final double LOG_P0 = Math.log(0.2);
    private static final float[] LOSSES = {3.0f, 0.5f, 1.0f, 2.0f};

    @Test
    void shouldTakeAllLossesInFullWhenAllCount() {
        BottomLoss loss = BottomLoss.of(LOSSES, 4, LOG_P0);

        assertThat(loss.value()).isCloseTo(6.5 / 4, within(1e-6));
        assertThat(loss.weights()).containsExactly(0.25f, 0.25f, 0.25f, 0.25f);
    }

    @Test
    void shouldTruncateTheHardestBeyondTheEasiest() {
        BottomLoss loss = BottomLoss.of(LOSSES, 2, LOG_P0);

        // 0.5 + 1.0 in full; 2.0 - 1.609438 and 3.0 - 1.609438 of the rest
        assertThat(loss.value()).isCloseTo((1.5 + 0.390562 + 1.390562) / 4, within(1e-6));
        assertThat(loss.weights()).containsExactly(0.25f, 0.25f, 0.25f, 0.25f);
    }

    @Test
    void shouldDropNoisesThatAreBelowTheTruncation() {
        BottomLoss loss = BottomLoss.of(LOSSES, 1, LOG_P0);

        // 0.5 in full; 1.0 - 1.609438 is negative and counts nothing
        assertThat(loss.value()).isCloseTo((0.5 + 0.390562 + 1.390562) / 4, within(1e-6));
        assertThat(loss.weights()).containsExactly(0.25f, 0.25f, 0f, 0.25f);
    }

    @Test
    void shouldBeGaussianTrainingWhenP0IsOne() {
        assertThat(BottomLoss.of(LOSSES, 1, 0).value()).isCloseTo(6.5 / 4, within(1e-6));
    }

    @Test
    void shouldTakeTheOneLossOfASingleNoise() {
        BottomLoss loss = BottomLoss.of(new float[] {0.7f}, 1, LOG_P0);

        assertThat(loss.value()).isCloseTo(0.7, within(1e-6));
        assertThat(loss.weights()).containsExactly(1f);
    }
}
