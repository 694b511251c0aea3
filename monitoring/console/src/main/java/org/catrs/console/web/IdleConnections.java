// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console.web;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;

/**
 * Closes connections on which no request comes: those that are idle for too long, however slowly they send the bytes of
 * one, and the longest idle one where there are too many. So whoever opens connections and leaves them keeps nobody from
 * being answered.
 */
final class IdleConnections implements Connection.Listener {
    private final int most;
    private final Duration longest;
    private final Map<EndPoint, Idle> idle = new ConcurrentHashMap<>();
    private final AtomicLong order = new AtomicLong();

    /**
     * @param most connections that may be idle at once
     * @param longest time for which one may be idle
     */
    IdleConnections(int most, Duration longest) {
        this.most = most;
        this.longest = longest;
    }

    private record Idle(long since, long order) {}

    @Override
    public void onOpened(Connection connection) {
        rest(connection.getEndPoint());
    }

    @Override
    public void onClosed(Connection connection) {
        idle.remove(connection.getEndPoint());
    }

    /** A request has come whole. */
    void work(EndPoint connection) {
        idle.remove(connection);
    }

    /** A request was answered. */
    void rest(EndPoint connection) {
        if (!connection.isOpen()) {
            return;
        }
        idle.put(connection, new Idle(System.nanoTime(), order.getAndIncrement()));
        while (idle.size() > most) {
            idle.entrySet().stream()
                    .min(Comparator.comparingLong(entry -> entry.getValue().order()))
                    .map(Map.Entry::getKey)
                    .ifPresent(this::close);
        }
    }

    /** Closes those that are idle for too long. */
    void sweep() {
        long now = System.nanoTime();
        idle.forEach((connection, since) -> {
            if (now - since.since() > longest.toNanos()) {
                close(connection);
            }
        });
    }

    private void close(EndPoint connection) {
        idle.remove(connection);
        connection.close();
    }
}
