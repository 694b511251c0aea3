// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.batches;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.catrs.certifier.smoothing.counts.ClassCounts;

/** A thread that asks for votes and waits for them. */
final class Caller {
    private final FutureTask<List<ClassCounts>> answer;
    private final Thread thread;
    private volatile boolean interrupted;

    Caller(Callable<List<ClassCounts>> question) {
        this.answer = new FutureTask<>(() -> {
            try {
                return question.call();
            } finally {
                interrupted = Thread.currentThread().isInterrupted();
            }
        });
        this.thread = new Thread(answer, "caller");
        thread.start();
    }

    void interrupt() {
        thread.interrupt();
    }

    /** The votes, or an ExecutionException with what was thrown. */
    List<ClassCounts> answer() throws Exception {
        return answer.get();
    }

    /** Whether the thread had its interrupt flag set when its question was answered. */
    boolean wasInterrupted() {
        return interrupted;
    }
}
