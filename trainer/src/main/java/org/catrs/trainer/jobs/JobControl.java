// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** By which the work at a job is ended from outside. Safe for use by many threads. */
final class JobControl {
    private static final Logger LOG = LoggerFactory.getLogger(JobControl.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** Why work ends. */
    enum Ending {
        /** Nobody wants the model any more. */
        CANCELLED,
        /** Another instance goes on with it. */
        HANDED_OVER
    }

    private final AtomicReference<Ending> ending = new AtomicReference<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Asks for the end; the first to ask says why. */
    void end(Ending why) {
        ending.compareAndSet(null, why);
        ended.countDown();
    }

    /** Whether the end was asked for. */
    boolean isEnded() {
        return ending.get() != null;
    }

    boolean isCancelled() {
        return ending.get() == Ending.CANCELLED;
    }

    /** Waits until the end is asked for, or this thread is interrupted. */
    void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Does something with the store, again and again until the store can be reached.
     *
     * @throws EndedException when the end is asked for before
     */
    <T> T patiently(StoreWork<T> work) throws EndedException {
        Duration pause = Duration.ofSeconds(1);
        while (true) {
            try {
                return work.run();
            } catch (IOException e) {
                LOG.warn("the model store cannot be used, next attempt in {} s", pause.toSeconds(), e);
            }
            try {
                if (ended.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new EndedException();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EndedException();
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /** Something that needs the store. */
    interface StoreWork<T> {
        T run() throws IOException;
    }

    /** The end was asked for. */
    static final class EndedException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
