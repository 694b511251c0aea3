// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training;

import java.util.concurrent.Semaphore;

/**
 * Lets the step at hand end before the process does: PyTorch's libraries crash when they are unloaded while they compute.
 * Once the process is told to stop (Ctrl-C, SIGTERM), no further step begins.
 */
final class StepLock implements AutoCloseable {
    private final Semaphore step = new Semaphore(1);
    private final Thread hook = new Thread(step::acquireUninterruptibly, "last-step");

    StepLock() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Begins a step; waits for ever when the process is stopping. */
    void begin() {
        step.acquireUninterruptibly();
    }

    /** Ends a step that was begun. */
    void end() {
        step.release();
    }

    /** To be called between steps. */
    @Override
    public void close() {
        begin();
        try {
            if (!hook.isAlive()) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        } finally {
            end();
        }
    }
}
