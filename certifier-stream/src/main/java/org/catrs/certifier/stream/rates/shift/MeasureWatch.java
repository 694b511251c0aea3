// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates.shift;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.catrs.schemas.event.ShiftEvent.Measure;
import org.catrs.schemas.event.ShiftEvent.State;
import org.jspecify.annotations.Nullable;

/** Compares one measure of the answers with the baseline, in {@linkplain Course courses}. */
final class MeasureWatch {
    /** A shift ends when it was not shown by this many times as many answers as had shown it, ... */
    private static final long QUIET = 4;

    /** ... and at least by so many times this. */
    private static final long LEAST_ANSWERS = 64;

    private final Measure measure;
    private final List<ShareLimits> limits;
    private final double alpha;

    private final List<Course> courses = new ArrayList<>();
    private final long[] begun = new long[Course.LENGTHS];
    private long trials;
    private long origin;
    private @Nullable MovedShare moved;
    private long endsAt;

    /** @param alpha probability that any course shows a shift where there is none that matters */
    MeasureWatch(Measure measure, List<ShareLimits> limits, double alpha) {
        this.measure = measure;
        this.limits = limits;
        this.alpha = alpha;
    }

    /** Goes on from a {@linkplain #state() kept} state. */
    void resume(MeasureState state) {
        courses.clear();
        state.courses().forEach(course -> courses.add(Course.of(course, alpha)));
        for (int length = 0; length < begun.length; length++) {
            begun[length] = state.begun().get(length);
        }
        trials = state.trials();
        origin = state.origin();
        moved = state.moved();
        endsAt = state.endsAt();
    }

    MeasureState state() {
        return new MeasureState(
                trials,
                origin,
                LongStream.of(begun).boxed().toList(),
                courses.stream().map(Course::state).toList(),
                moved,
                endsAt);
    }

    /** Adds an answer that counts for the measure; tells when a shift began or ended, and else null. */
    @Nullable
    ShiftChange add(AnswerShape answer) {
        beginCourses();
        trials++;
        boolean[] has = new boolean[limits.size()];
        for (int index = 0; index < has.length; index++) {
            has[index] = limits.get(index).share().has(answer);
        }
        MovedShare found = null;
        for (Iterator<Course> running = courses.iterator(); running.hasNext(); ) {
            Course course = running.next();
            course.add(has);
            found = found == null ? course.moved(limits) : found;
            if (course.isOver()) {
                running.remove();
            }
        }
        return found == null ? quiet() : shown(found);
    }

    private void beginCourses() {
        for (int length = 0; length < begun.length; length++) {
            if (Course.beginsAfter(trials - origin, length)) {
                begun[length]++;
                courses.add(Course.begin(length, begun[length], alpha, limits.size()));
            }
        }
    }

    /** What was shown is known; all courses begin anew, to show whether it lasts. */
    private @Nullable ShiftChange shown(MovedShare found) {
        boolean isNew = moved == null;
        moved = found;
        endsAt = trials + QUIET * Math.max(LEAST_ANSWERS, found.trials());
        courses.clear();
        origin = trials;
        return isNew ? new ShiftChange(measure, State.BEGAN, found) : null;
    }

    private @Nullable ShiftChange quiet() {
        MovedShare last = moved;
        if (last == null || trials < endsAt) {
            return null;
        }
        moved = null;
        return new ShiftChange(measure, State.ENDED, last);
    }

    @Nullable
    MovedShare moved() {
        return moved;
    }
}
