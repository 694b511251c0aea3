// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Lets a training end between two steps once the process is told to stop (Ctrl-C, SIGTERM), and the process only after
 * it: PyTorch's libraries crash when they are unloaded while they compute.
 */
final class StopAtStep implements AutoCloseable {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop-training");
    private volatile boolean stopping;

    StopAtStep() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the process was told to stop. */
    boolean stopping() {
        return stopping;
    }

    /** To be called when nothing computes any more. */
    @Override
    public void close() {
        ended.countDown();
        if (!stopping) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException alreadyStopping) {
                // The hook runs, and has nothing to wait for.
                return;
            }
        }
    }

    private void stop() {
        stopping = true;
        try {
            ended.await();
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }
}
