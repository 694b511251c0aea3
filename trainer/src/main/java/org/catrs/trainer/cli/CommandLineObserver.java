// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.cli;

import org.catrs.trainer.method.slice.SliceLoss;
import org.catrs.trainer.training.TrainingCourse;
import org.catrs.trainer.training.TrainingObserver;
import org.catrs.trainer.training.checkpoint.EpochRow;
import org.jspecify.annotations.Nullable;

/** Shows a training's progress to a person, and ends it after the step at hand when the process is told to stop. */
final class CommandLineObserver implements TrainingObserver, AutoCloseable {
    private final StopAtStep stop = new StopAtStep();
    private @Nullable ProgressNote progress;

    @Override
    public void begin(long steps, TrainingCourse course) {
        progress = new ProgressNote(steps, course);
    }

    @Override
    public Wish wish() {
        return stop.stopping() ? Wish.STOP : Wish.GO_ON;
    }

    @Override
    public void step(long steps, SliceLoss loss) {
        if (progress != null) {
            progress.update(steps, loss);
        }
    }

    @Override
    public void epoch(EpochRow row) {}

    @Override
    public void checkpoint() {}

    /** To be called when nothing computes any more. */
    @Override
    public void close() {
        end();
        stop.close();
    }

    @Override
    public void end() {
        if (progress != null) {
            progress.close();
            progress = null;
        }
    }
}
