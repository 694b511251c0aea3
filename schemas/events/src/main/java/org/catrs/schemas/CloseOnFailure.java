// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What an object has opened so far while it is made; closed, the last first, unless making it succeeds. For a
 * try-with-resources statement around what opens native memory, threads or sessions one after another.
 */
public final class CloseOnFailure implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** Adds something that is open, and gives it back. */
    public <R extends AutoCloseable> R add(R resource) {
        opened.push(resource);
        return resource;
    }

    /** Leaves everything open, for its new owner to close; to be called when nothing can fail any more. */
    public void succeeded() {
        opened.clear();
    }

    /**
     * Closes what is left, all of it.
     *
     * @throws IllegalStateException when something did not close
     */
    @Override
    public void close() {
        IllegalStateException failure = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = new IllegalStateException("what was opened did not close", e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
