// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.options;

import java.util.concurrent.locks.LockSupport;

/** How much of the machine is taken to make a model ready: how long work rests after each piece. */
public enum MachineShare {
    /** As much as there is: nothing waits. */
    AT_ONCE(0),
    /**
     * A quarter of one core, since images are certified with other models meanwhile. Java cannot lower a thread's
     * priority without flags of its process, so work is done in small pieces with rests between them.
     */
    BESIDE_IMAGES(3);

    private final int restsPerWork;

    MachineShare(int restsPerWork) {
        this.restsPerWork = restsPerWork;
    }

    /** Rests after some work, for a time that follows from the work's. */
    public void rest(long nanos) {
        if (restsPerWork > 0) {
            LockSupport.parkNanos(nanos * restsPerWork);
        }
    }

    /** The time that some work takes with its rests. */
    public long withRests(long nanos) {
        return nanos * (1 + restsPerWork);
    }
}
