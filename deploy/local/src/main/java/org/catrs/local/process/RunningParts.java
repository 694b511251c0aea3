// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.process;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a command has running: stopped in reverse order of the start, when the command ends and also when it is
 * interrupted.
 */
public final class RunningParts implements AutoCloseable {
    private final Deque<Runnable> stops = new ArrayDeque<>();
    private boolean stopped;

    public RunningParts() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-running-parts"));
    }

    /**
     * Notes something that runs.
     *
     * @param stop stops it and waits until it has stopped
     */
    public synchronized void add(Runnable stop) {
        if (stopped) {
            stop.run();
        } else {
            stops.push(stop);
        }
    }

    /** Whether {@link #close} was called; waits until it has stopped everything. */
    public synchronized boolean isStopped() {
        return stopped;
    }

    /** Stops everything; a second call waits for the first. */
    @Override
    public synchronized void close() {
        stopped = true;
        while (!stops.isEmpty()) {
            stops.pop().run();
        }
    }
}
