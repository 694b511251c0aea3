// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ClassCountsTest {
    @Test
    void shouldHoldVotesBySamples() {
        ClassCounts counts = new ClassCounts(new long[] {3, 5, 1}, 10);

        assertThat(counts.classes()).isEqualTo(3);
        assertThat(counts.of(1)).isEqualTo(5);
        assertThat(counts.samples()).isEqualTo(10);
        assertThat(counts.top()).isEqualTo(1);
        assertThat(counts.toList()).containsExactly(3L, 5L, 1L);
        assertThat(counts).hasToString("[3, 5, 1] of 10");
    }

    @Test
    void shouldTakeTheLowestClassOfThoseThatTie() {
        assertThat(new ClassCounts(new long[] {1, 4, 4}, 9).top()).isEqualTo(1);
        assertThat(new ClassCounts(new long[] {0, 0}, 9).top()).isZero();
    }

    @Test
    void shouldNotChangeWithTheArrayThatItWasMadeOf() {
        long[] votes = {1, 2};
        ClassCounts counts = new ClassCounts(votes, 3);

        votes[0] = 9;

        assertThat(counts)
                .isEqualTo(new ClassCounts(new long[] {1, 2}, 3))
                .hasSameHashCodeAs(new ClassCounts(new long[] {1, 2}, 3));
        assertThat(counts).isNotEqualTo(new ClassCounts(new long[] {1, 2}, 4)).isNotEqualTo("counts");
    }

    @Test
    void shouldRefuseMoreVotesThanSamples() {
        assertThatThrownBy(() -> new ClassCounts(new long[] {3, 5}, 7)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ClassCounts(new long[] {-1, 5}, 7)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ClassCounts(new long[0], 7)).isInstanceOf(IllegalArgumentException.class);
    }
}
