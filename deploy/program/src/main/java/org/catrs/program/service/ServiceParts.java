// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.service;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a service has opened, and whether it still runs. Any thread may keep a part, tell of an error, and close. */
public final class ServiceParts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceParts.class);

    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    /** The last is closed first. Guards itself and the flag. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private boolean isClosing;

    /** Keeps a part until the service is closed; false, without keeping it, when that has begun. */
    public boolean keep(AutoCloseable part) {
        synchronized (opened) {
            if (!isClosing) {
                opened.push(part);
            }
            return !isClosing;
        }
    }

    /** Ends the service with an error: it shall be closed. */
    public void fail() {
        exitCode.complete(1);
    }

    /** Whether the service was closed, or shall be for an error. */
    public boolean hasEnded() {
        return exitCode.isDone();
    }

    /** Waits until the service ends: 0 when it was closed, 1 when an error stopped it. */
    int awaitEnd() {
        return exitCode.join();
    }

    /** Leaves open what is, and fails: threads that did not end in time still use it. */
    public void abandon() {
        synchronized (opened) {
            opened.clear();
        }
        fail();
    }

    /** Closes every part, the last one first, also when one cannot be closed, which is an error. Closing again does nothing. */
    @Override
    public synchronized void close() {
        for (AutoCloseable part = last(); part != null; part = last()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.error("a part of the service was not closed", e);
                fail();
            }
        }
        exitCode.complete(0);
    }

    private @Nullable AutoCloseable last() {
        synchronized (opened) {
            isClosing = true;
            return opened.poll();
        }
    }
}
