// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training;

import org.catrs.trainer.method.slice.SliceLoss;
import org.catrs.trainer.training.checkpoint.EpochRow;

/** Counts steps, and lets the training go on. */
class QuietObserver implements TrainingObserver {
    long steps;

    @Override
    public void begin(long stepsBefore, TrainingCourse course) {
        steps = stepsBefore;
    }

    @Override
    public Wish wish() {
        return Wish.GO_ON;
    }

    @Override
    public void step(long stepsDone, SliceLoss loss) {
        steps = stepsDone;
    }

    @Override
    public void epoch(EpochRow row) {}

    @Override
    public void checkpoint() {}
}
