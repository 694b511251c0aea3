// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training;

import org.catrs.trainer.method.slice.SliceLoss;
import org.catrs.trainer.training.checkpoint.EpochRow;

/** Follows a training from its own thread, and may end it between two steps. */
public interface TrainingObserver {
    /** What a training is to do before its next step. */
    enum Wish {
        GO_ON,
        /** Write a checkpoint, and go on. */
        CHECKPOINT,
        /** Write a checkpoint, and end. */
        STOP
    }

    /**
     * The training begins, or goes on.
     *
     * @param steps done, from 0
     */
    void begin(long steps, TrainingCourse course);

    /** Asked before each step. */
    Wish wish();

    /**
     * A step is done.
     *
     * @param steps done, from 1
     * @param loss of this step
     */
    void step(long steps, SliceLoss loss);

    /** An epoch is done, and the parameters are those of its end. */
    void epoch(EpochRow row);

    /** A checkpoint is written to the training's folder. */
    void checkpoint();

    /** The training has ended, or was stopped; another may begin. */
    default void end() {}
}
