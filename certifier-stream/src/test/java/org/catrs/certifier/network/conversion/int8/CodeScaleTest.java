// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeScaleTest {
    @ParameterizedTest
    @CsvSource({"-2, 3", "0, 8.07214", "-1.5, -0.5", "1, 2", "-1e-3, 1e5"})
    void shouldReachOverTheRangeAndZero(float smallest, float largest) {
        CodeScale codes = CodeScale.over(new ValueRange(smallest, largest));

        assertThat(codes.of(0)).isEqualTo(codes.zeroPoint()).isBetween(0, 255);
        for (float value : new float[] {smallest, (smallest + largest) / 2, largest}) {
            assertThat(codes.scale() * (codes.of(value) - codes.zeroPoint())).isCloseTo(value, within(codes.scale()));
        }
        assertThat(codes.of(2 * Math.abs(largest) + 1e6f)).isEqualTo(255);
        assertThat(codes.of(-2 * Math.abs(smallest) - 1e6f)).isZero();
    }

    @Test
    void shouldRoundHalfToEven() {
        CodeScale codes = new CodeScale(1, 100);

        assertThat(new int[] {codes.of(0.5f), codes.of(1.5f), codes.of(2.5f), codes.of(-0.5f), codes.of(-1.5f)})
                .containsExactly(100, 102, 102, 100, 98);
    }

    @Test
    void shouldGiveOneScaleForRangesThatDifferInTheirLastBits() {
        float largest = 8.07214f;
        CodeScale codes = CodeScale.over(new ValueRange(0, largest));

        assertThat(CodeScale.over(new ValueRange(0, Math.nextUp(largest)))).isEqualTo(codes);
        assertThat(CodeScale.over(new ValueRange(0, Math.nextDown(largest)))).isEqualTo(codes);
    }

    @Test
    void shouldRoundScalesUpByLessThanAPercent() {
        for (float scale = 1e-4f; scale < 10; scale *= 1.1f) {
            assertThat(CodeScale.coarse(scale) / scale).isBetween(1f, 1.008f);
        }
    }

    @Test
    void shouldHaveAScaleAlsoForAValueThatIsAlwaysZero() {
        assertThat(CodeScale.over(new ValueRange(0, 0)).of(0)).isZero();
    }

    @Test
    void shouldRefuseARangeThatIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ValueRange(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ValueRange(Float.NaN, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ValueRange(0, Float.POSITIVE_INFINITY));
    }
}
