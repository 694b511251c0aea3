// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.cli;

import java.util.Locale;
import org.catrs.program.terminal.Progress;
import org.catrs.trainer.method.slice.SliceLoss;
import org.catrs.trainer.training.TrainingCourse;

/** Shows how a training goes: its epoch, and losses and share of images with p_hat = 1 over the last steps. */
final class ProgressNote implements AutoCloseable {
    /** Share of the past that a step leaves in the figures: they look back some 25 steps. */
    private static final double MEMORY = 0.96;

    private final Progress progress;
    private final TrainingCourse course;
    private double weight;
    private double base;
    private double robust;
    private double confident;

    ProgressNote(long firstStep, TrainingCourse course) {
        this.course = course;
        this.progress =
                Progress.resume("train", "images", firstStep * course.batch(), course.lastStep() * course.batch());
    }

    /** @param step steps done */
    void update(long step, SliceLoss last) {
        weight = MEMORY * weight + 1;
        base = MEMORY * base + last.base() / last.images();
        robust = MEMORY * robust + last.robust() / last.images();
        confident = MEMORY * confident + last.confidentShare();
        progress.update(step * course.batch(), note(step, course, base / weight, robust / weight, confident / weight));
    }

    /** Short enough to stand beside rate and time left on a line of 80 columns. */
    static String note(long step, TrainingCourse course, double base, double robust, double confident) {
        return String.format(
                Locale.ROOT,
                "epoch %d/%.0f, %s, p_hat=1 %.0f%%",
                epoch(step, course),
                Math.ceil(course.epochs()),
                course.losses().describe(base, robust),
                100 * confident);
    }

    /** The epoch that a step is of, from 1. */
    private static long epoch(long step, TrainingCourse course) {
        return Math.max(1, (long) Math.ceil(course.epochs() * step / course.lastStep() - 1e-9));
    }

    @Override
    public void close() {
        progress.close();
    }
}
