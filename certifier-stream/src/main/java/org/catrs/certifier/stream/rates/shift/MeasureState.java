// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates.shift;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the test of a measure has come; {@link MeasureWatch} goes on from it.
 *
 * @param trials answers so far
 * @param origin answers before the courses began that have not ended since
 * @param begun courses that were begun so far, by length
 * @param courses those that have not ended
 * @param moved what showed the shift last; null where there is none
 * @param endsAt number of answers at which the shift ends unless it is shown again
 */
public record MeasureState(
        long trials,
        long origin,
        List<Long> begun,
        List<CourseState> courses,
        @Nullable MovedShare moved,
        long endsAt) {
    public MeasureState {
        begun = List.copyOf(begun);
        courses = List.copyOf(courses);
    }

    /**
     * How far a course has come.
     *
     * @param length which of the lengths it has, from 0
     * @param number its number among the courses of this length, from 1
     * @param trials answers since it began
     * @param successes those of them that belong to each share
     */
    public record CourseState(int length, long number, long trials, List<Long> successes) {
        public CourseState {
            successes = List.copyOf(successes);
        }
    }
}
