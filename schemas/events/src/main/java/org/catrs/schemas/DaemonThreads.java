// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes threads that have a name, for logs and thread dumps, and do not keep a program alive. */
public final class DaemonThreads {
    private DaemonThreads() {}

    /** Threads of one name. */
    public static ThreadFactory named(String name) {
        return task -> daemon(task, name);
    }

    /** Threads with a number behind a name, such as {@code inference-1}. */
    public static ThreadFactory numbered(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> daemon(task, prefix + number.incrementAndGet());
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
