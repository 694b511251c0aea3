// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console.web;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.catrs.schemas.DaemonThreads;
import org.catrs.schemas.InvalidDataException;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Jetty with limits: on connections, on the time of each, on the bytes of a request. Its few threads wait for nobody: what
 * takes long has threads of its own, and whoever reads slowly is written to when there is room.
 */
public final class WebServer implements AutoCloseable {
    private static final int MOST_THREADS = 12;
    private static final int MOST_IDLE = 256;
    private static final int MOST_WAITING = 64;
    private static final int MOST_HEADER_BYTES = 8 << 10;
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(20);

    private final Server server;
    private final ServerConnector connector;
    private final ScheduledExecutorService clock;
    private final Routes routes;

    private WebServer(Server server, ServerConnector connector, ScheduledExecutorService clock, Routes routes) {
        this.server = server;
        this.connector = connector;
        this.clock = clock;
        this.routes = routes;
    }

    /**
     * Starts to listen.
     *
     * @param address port 0 takes any that is free
     * @throws InvalidDataException when the address cannot be listened at
     */
    public static WebServer start(InetSocketAddress address, Routes routes) {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 4);
        threads.setName("console");
        threads.setDaemon(true);
        Server server = new Server(threads);
        IdleConnections idle = new IdleConnections(MOST_IDLE, LONGEST_IDLE);
        ServerConnector connector = connector(server, address, idle);
        server.setHandler(new RequestHandler(routes, idle));
        server.setStopTimeout(0);
        try {
            connector.open();
            server.start();
        } catch (Exception e) {
            stop(server);
            throw new InvalidDataException(
                    "cannot serve HTTP at " + address.getHostString() + ":" + address.getPort() + " (" + cause(e)
                            + "): http.port must be free (0 takes any that is), and http.host an address of this machine",
                    e);
        }
        ScheduledExecutorService clock =
                Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("console-clock"));
        ScheduledFuture<?> unused = clock.scheduleWithFixedDelay(idle::sweep, 1, 1, TimeUnit.SECONDS);
        ScheduledFuture<?> unusedToo = clock.scheduleWithFixedDelay(routes::tick, 250, 250, TimeUnit.MILLISECONDS);
        return new WebServer(server, connector, clock, routes);
    }

    private static ServerConnector connector(Server server, InetSocketAddress address, IdleConnections idle) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MOST_HEADER_BYTES);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(address.getHostString());
        connector.setPort(address.getPort());
        connector.setAcceptQueueSize(MOST_WAITING);
        connector.setIdleTimeout(LONGEST_IDLE.toMillis());
        connector.addBean(idle);
        server.addConnector(connector);
        return connector;
    }

    private static String cause(Exception e) {
        return String.valueOf(
                e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
    }

    /** The port that is listened at. */
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        routes.close();
        stop(server);
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not stop", e);
        }
    }
}
