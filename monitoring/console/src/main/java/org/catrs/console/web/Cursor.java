// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console.web;

/**
 * What one reader of server-sent events has still to read. It is asked when there is room to write, so that a slow reader
 * misses what came in between rather than keeping it in memory.
 */
public interface Cursor extends AutoCloseable {
    /** The events since the last call, as server-sent events; empty where there are none. */
    String next();

    /** Whether no more will come. */
    default boolean isAtEnd() {
        return false;
    }

    /** Called once, when the reader is gone. */
    @Override
    void close();

    /** An event as its text. */
    static String event(String name, String json) {
        return "event: " + name + "\ndata: " + json + "\n\n";
    }
}
