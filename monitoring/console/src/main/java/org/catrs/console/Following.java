// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.catrs.console.view.AnswerSource;
import org.catrs.schemas.DaemonThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the topics while somebody looks at the page, and a little longer: nobody who does not look pays for it. */
final class Following implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Following.class);
    private static final Duration LINGERING = Duration.ofSeconds(30);

    private final AnswerSource source;
    private final AnswerBoard board;
    private final ScheduledExecutorService end =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("console-following"));
    private int lookers;
    private long departures;
    private @Nullable AutoCloseable running;

    Following(AnswerSource source, AnswerBoard board) {
        this.source = source;
        this.board = board;
    }

    /** Somebody looks. */
    synchronized void arrive() {
        lookers++;
        if (running == null && !end.isShutdown()) {
            board.clear();
            running = source.follow(board);
        }
    }

    /** Somebody looks no more. */
    synchronized void leave() {
        lookers--;
        long departure = ++departures;
        if (lookers == 0 && !end.isShutdown()) {
            ScheduledFuture<?> unused = end.schedule(() -> stop(departure), LINGERING.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private synchronized void stop(long departure) {
        if (lookers == 0 && departure == departures) {
            stop();
        }
    }

    private void stop() {
        AutoCloseable stopped = running;
        running = null;
        if (stopped != null) {
            try {
                stopped.close();
            } catch (Exception e) {
                LOG.warn("the reading of the topics did not end", e);
            }
        }
    }

    @Override
    public synchronized void close() {
        end.shutdownNow();
        stop();
    }
}
