// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.service;

import java.util.function.IntSupplier;

/**
 * Stops cleanly when the process is told to (SIGTERM, Ctrl-C), and ends it with an exit code of its own: to stop is then
 * what a command is meant to do, where Java's exit code would tell of a failure.
 */
public final class StopSignal {
    private final Thread hook;

    private StopSignal(Thread hook) {
        this.hook = hook;
    }

    /**
     * Waits for the signal.
     *
     * @param stop finishes what is at hand and gives the exit code
     */
    public static StopSignal then(IntSupplier stop) {
        Thread hook = new Thread(() -> Runtime.getRuntime().halt(stop.getAsInt()), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        return new StopSignal(hook);
    }

    /**
     * Whether the process is ending. Libraries that free what they hold when that begins, such as ONNX Runtime, fail from
     * then on; such a failure says nothing of the work at hand.
     */
    public static boolean hasCome() {
        Thread probe = new Thread(() -> {}, "probe");
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }

    /** Waits no longer; if the signal has come already, it ends the process. */
    public void disregard() {
        if (!hook.isAlive()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
