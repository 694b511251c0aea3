// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookScheduleTest {
    @Test
    void shouldLookAtGeometricNumbersOfSamplesInFullBatches() {
        // tests/replay.py: schedule(100000, False)[0]
        assertThat(sizes(LookSchedule.rounded(100_000)))
                .containsExactly(
                        32, 64, 96, 160, 224, 320, 480, 736, 1088, 1632, 2464, 3680, 5536, 8288, 12448, 18688, 28032,
                        42048, 63072, 100_000);
        assertThat(sizes(LookSchedule.rounded(53))).containsExactly(32, 53);
        assertThat(sizes(LookSchedule.rounded(52))).containsExactly(52);
    }

    @Test
    void shouldLookWhereEventsOfVersion2Did() {
        // the looks of certificates of version 2
        assertThat(sizes(LookSchedule.roundedUp(100_000)))
                .containsExactly(
                        64, 96, 160, 224, 352, 512, 736, 1120, 1664, 2464, 3712, 5536, 8320, 12480, 18688, 28032, 42048,
                        63072, 100_000);
    }

    @Test
    void shouldLeaveOutTheFirstLooksButNotTheLast() {
        assertThat(sizes(LookSchedule.rounded(200).from(64))).containsExactly(64, 96, 160, 200);
        assertThat(sizes(LookSchedule.rounded(60).from(64))).containsExactly(60);
    }

    private static long[] sizes(LookSchedule schedule) {
        return IntStream.range(0, schedule.looks()).mapToLong(schedule::size).toArray();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 52, 53, 64, 78, 79, 100, 1000, 100_000, 1_000_000_000})
    void shouldSpendAlphaOnceAndHalfOfItOnTheLastLook(long n) {
        LookSchedule schedule = LookSchedule.rounded(n);
        int last = schedule.looks() - 1;

        assertThat(IntStream.range(0, schedule.looks())
                        .mapToDouble(schedule::share)
                        .sum())
                .isCloseTo(1, within(1e-12));
        assertThat(schedule.share(last)).isEqualTo(last == 0 ? 1 : 0.5);
        assertThat(schedule.n()).isEqualTo(n);
        assertThat(IntStream.range(1, schedule.looks()))
                .allMatch(look -> schedule.size(look) > schedule.size(look - 1));
    }

    @Test
    void shouldFindTheNextLook() {
        LookSchedule schedule = LookSchedule.roundedUp(1000);

        assertThat(schedule.after(0)).isZero();
        assertThat(schedule.after(63)).isZero();
        assertThat(schedule.after(64)).isEqualTo(1);
        assertThat(schedule.after(999)).isEqualTo(schedule.looks() - 1);
        assertThat(schedule.after(1000)).isEqualTo(schedule.looks());
    }
}
