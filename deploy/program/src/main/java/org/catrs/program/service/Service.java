// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.service;

/** What runs until it is closed, or until an error stops it. */
public interface Service extends AutoCloseable {
    /** Waits until the service ends: 0 when it was closed, 1 when an error stopped it. */
    int awaitEnd();

    /** Finishes what is at hand and frees everything. Closing again does nothing. */
    @Override
    void close();

    /** Waits until the service ends, and closes it when the process is told to stop (SIGTERM, Ctrl-C); gives the exit code. */
    default int runUntilStopped() {
        StopSignal signal = StopSignal.then(() -> {
            close();
            return awaitEnd();
        });
        int code = awaitEnd();
        signal.disregard();
        return code;
    }
}
