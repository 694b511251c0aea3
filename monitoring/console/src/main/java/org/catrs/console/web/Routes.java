// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console.web;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.catrs.schemas.DaemonThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is answered at which path. */
public final class Routes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    private static final int WORKERS = 3;
    private static final int MOST_AT_WORK = 64;
    private static final int MOST_READERS = 32;
    static final Reply BUSY =
            Reply.text(503, "the console has enough to do; try again").with("Retry-After", "2");

    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final Set<EventReader> readers = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers = new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(MOST_AT_WORK),
            DaemonThreads.numbered("console-work-"));

    /** One path. */
    sealed interface Route {
        /** HTTP's method, beside which only HEAD is answered where it is GET. */
        String method();

        /** Most bytes of a body. */
        int mostBytes();

        /** Throws a {@link Refusal} before a body is read, where its sender is not granted what it is for. */
        default void admit(Asked asked) {}

        /** Answers, at once or later. */
        void answer(Asked asked, Exchange exchange);
    }

    /** Where an answer goes. */
    interface Exchange {
        void send(Reply reply);

        /** Begins server-sent events. */
        EventReader begin(Cursor cursor, Consumer<EventReader> onEnd);
    }

    private record Quick(Page page) implements Route {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public int mostBytes() {
            return 0;
        }

        @Override
        public void answer(Asked asked, Exchange exchange) {
            exchange.send(page.answer(asked));
        }
    }

    private record Slow(Page page, ExecutorService workers) implements Route {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public int mostBytes() {
            return 0;
        }

        @Override
        public void answer(Asked asked, Exchange exchange) {
            try {
                workers.execute(() -> {
                    try {
                        exchange.send(page.answer(asked));
                    } catch (RuntimeException e) {
                        exchange.send(failed(asked, e));
                    }
                });
            } catch (RejectedExecutionException e) {
                exchange.send(BUSY);
            }
        }
    }

    private record Events(
            String method,
            int mostBytes,
            Consumer<Asked> gate,
            Function<Asked, Optional<Cursor>> opener,
            Set<EventReader> readers)
            implements Route {
        @Override
        public void admit(Asked asked) {
            gate.accept(asked);
        }

        @Override
        public void answer(Asked asked, Exchange exchange) {
            if (readers.size() >= MOST_READERS) {
                exchange.send(BUSY);
                return;
            }
            opener.apply(asked)
                    .ifPresentOrElse(
                            cursor -> {
                                EventReader reader = exchange.begin(cursor, readers::remove);
                                readers.add(reader);
                                reader.tick();
                            },
                            () -> exchange.send(BUSY));
        }
    }

    /** A page that is there at once. */
    public void page(String path, Page page) {
        routes.put(path, new Quick(page));
    }

    /** A page that takes its time, on a thread of its own. */
    public void slowPage(String path, Page page) {
        routes.put(path, new Slow(page, workers));
    }

    /** Server-sent events; busy where the opener has no cursor to give. */
    public void events(String path, Function<Asked, Optional<Cursor>> opener) {
        routes.put(path, new Events("GET", 0, asked -> {}, opener, readers));
    }

    /**
     * Server-sent events that answer a POST.
     *
     * @param gate throws a {@link Refusal} before the body is read
     */
    public void work(String path, int mostBytes, Consumer<Asked> gate, Function<Asked, Optional<Cursor>> opener) {
        routes.put(path, new Events("POST", mostBytes, gate, opener, readers));
    }

    /** What the sender of a request is told that was refused, or that failed. */
    static Reply failed(Asked asked, RuntimeException failure) {
        if (failure instanceof Refusal refusal) {
            return refusal.reply();
        }
        LOG.warn("the console could not answer {}", asked.path(), failure);
        return Reply.text(500, "that did not work; the log says why");
    }

    Optional<Route> find(String path) {
        return Optional.ofNullable(routes.get(path));
    }

    /** Writes to everybody who reads events. */
    void tick() {
        for (EventReader reader : readers) {
            try {
                reader.tick();
            } catch (RuntimeException e) {
                LOG.warn("events could not be told", e);
                reader.end(e);
            }
        }
    }

    @Override
    public void close() {
        readers.forEach(reader -> reader.end(null));
        workers.shutdownNow();
    }
}
