// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UrgencyTest {
    @Test
    void shouldPutTheNearestMomentFirstAndNoneLast() {
        Urgency soon = Urgency.until(5);
        Urgency later = Urgency.until(7);

        assertThat(Stream.of(Urgency.NONE, later, soon).sorted()).containsExactly(soon, later, Urgency.NONE);
        assertThat(later.or(soon)).isEqualTo(soon);
        assertThat(Urgency.NONE.or(later)).isEqualTo(later);
        assertThat(later.or(Urgency.NONE)).isEqualTo(later);
    }

    @Test
    void shouldCompareMomentsOfAClockThatOverflows() {
        assertThat(Urgency.until(Long.MAX_VALUE - 3)).isLessThan(Urgency.until(Long.MIN_VALUE + 3));
    }

    @Test
    void shouldBeThatOfTheFirstStop() {
        long begin = System.nanoTime();
        StopCondition minute = StopCondition.after(Duration.ofMinutes(1));
        StopCondition hour = StopCondition.after(Duration.ofHours(1));

        assertThat(StopCondition.NEVER.urgency()).isEqualTo(Urgency.NONE);
        assertThat(minute.urgency().due() - begin)
                .isGreaterThanOrEqualTo(Duration.ofMinutes(1).toNanos());
        assertThat(hour.or(minute).urgency()).isEqualTo(minute.urgency());
        assertThat(minute.or(StopCondition.NEVER).urgency()).isEqualTo(minute.urgency());
        assertThat(minute.or(hour).check()).isNull();
    }
}
