// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.catrs.console.view.Trials;
import org.catrs.console.web.Asked;
import org.catrs.console.web.Cursor;
import org.catrs.console.web.Refusal;
import org.catrs.schemas.DaemonThreads;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.json.JsonRecords;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where trials are made, one at a time, so that they take little from the images of the stream. */
final class TrialRoom implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrialRoom.class);
    private static final long MOST_SAMPLES = 1_000_000;

    private final Trials trials;
    private final Semaphore places = new Semaphore(1);
    private final ExecutorService thread = Executors.newSingleThreadExecutor(DaemonThreads.named("console-trial"));

    TrialRoom(Trials trials) {
        this.trials = trials;
    }

    /** What a request asks for. */
    static Trials.Request request(Asked asked) {
        try {
            long n = asked.parameter("n").map(Long::valueOf).orElse(10_000L);
            double alpha = asked.parameter("alpha").map(Double::valueOf).orElse(0.001);
            Double target = asked.parameter("target").map(Double::valueOf).orElse(null);
            if (n < 1 || n > MOST_SAMPLES) {
                throw new Refusal(400, "n must be from 1 to " + MOST_SAMPLES);
            }
            return new Trials.Request(asked.parameter("model").orElse(""), n, alpha, target);
        } catch (NumberFormatException e) {
            throw new Refusal(400, "n, alpha and target are numbers");
        }
    }

    /** Begins a trial; empty while another one is made. */
    Optional<Cursor> enter(Asked asked) {
        Trials.Request request = request(asked);
        return begin(trial ->
                trials.certify(asked.body(), request, progress -> trial.tell("progress", progress, progress.isDone())));
    }

    /** Begins a search in a ball; empty while a trial is made. */
    Optional<Cursor> search(Asked asked) {
        String model = asked.parameter("model").orElse("");
        int label;
        double radius;
        try {
            label = asked.parameter("label").map(Integer::valueOf).orElse(0);
            radius = asked.parameter("radius").map(Double::valueOf).orElse(0.0);
        } catch (NumberFormatException e) {
            throw new Refusal(400, "label and radius are numbers");
        }
        return begin(trial -> trial.tell("ball", trials.ball(asked.body(), model, label, radius), true));
    }

    private Optional<Cursor> begin(Consumer<Trial> work) {
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        Trial trial = new Trial();
        thread.execute(() -> make(trial, work));
        return Optional.of(trial);
    }

    private void make(Trial trial, Consumer<Trial> work) {
        try {
            trial.begin(Thread.currentThread());
            work.accept(trial);
        } catch (InvalidDataException e) {
            trial.fail(String.valueOf(e.getMessage()));
        } catch (CancellationException e) {
            trial.fail("the trial was given up");
        } catch (RuntimeException e) {
            LOG.warn("a trial at the console failed", e);
            trial.fail("that did not work; the log says why");
        } finally {
            trial.end();
            places.release();
        }
    }

    /** A trial, as its page is told of it. */
    private static final class Trial implements Cursor {
        private @Nullable Thread worker;
        private boolean isGivenUp;
        private @Nullable String latest;
        private @Nullable String failure;
        private boolean hasEnded;

        private record Failed(String message) {}

        /** @throws CancellationException when nobody waits for it any more */
        synchronized void begin(Thread thread) {
            if (isGivenUp) {
                throw new CancellationException();
            }
            worker = thread;
        }

        synchronized void end() {
            worker = null;
            Thread.interrupted();
            if (!hasEnded) {
                fail("the trial came to no end");
            }
        }

        /** What was told before, and not sent, is left out. */
        synchronized void tell(String event, Record value, boolean isLast) {
            latest = event(event, value);
            hasEnded = isLast;
        }

        synchronized void fail(String message) {
            failure = message;
            hasEnded = true;
        }

        @Override
        public synchronized String next() {
            StringBuilder text = new StringBuilder();
            if (latest != null) {
                text.append(latest);
                latest = null;
            }
            if (failure != null) {
                text.append(event("failed", new Failed(failure)));
                failure = null;
            }
            return text.toString();
        }

        private static String event(String name, Record value) {
            return Cursor.event(name, new String(JsonRecords.write(value), StandardCharsets.UTF_8));
        }

        @Override
        public synchronized boolean isAtEnd() {
            return hasEnded;
        }

        @Override
        public synchronized void close() {
            isGivenUp = true;
            if (worker != null) {
                worker.interrupt();
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
