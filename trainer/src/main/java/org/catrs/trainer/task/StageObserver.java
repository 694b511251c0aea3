// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.task;

import org.catrs.trainer.method.slice.SliceLoss;
import org.catrs.trainer.training.TrainingCourse;
import org.catrs.trainer.training.TrainingObserver;
import org.catrs.trainer.training.checkpoint.EpochRow;

/** Shows another observer how a training before its own goes: not its epochs, which are another network's. */
record StageObserver(TrainingObserver observer) implements TrainingObserver {
    @Override
    public void begin(long steps, TrainingCourse course) {
        observer.begin(steps, course);
    }

    @Override
    public Wish wish() {
        return observer.wish();
    }

    @Override
    public void step(long steps, SliceLoss loss) {
        observer.step(steps, loss);
    }

    @Override
    public void epoch(EpochRow row) {}

    @Override
    public void checkpoint() {
        observer.checkpoint();
    }

    @Override
    public void end() {
        observer.end();
    }
}
