// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.catrs.schemas.DaemonThreads;
import org.catrs.schemas.InvalidDataException;

/**
 * A service's HTTP server: {@code /metrics} for Prometheus, {@code /health/live} and {@code /health/ready} for a
 * scheduler (200 or 503), and at {@code /} a page that links them and says
 * what was certified.
 */
public final class Console implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService executor;

    private Console(HttpServer server, ExecutorService executor) {
        this.server = server;
        this.executor = executor;
    }

    /**
     * Starts to serve.
     *
     * @param service name of the service, for its page
     * @param address where to listen; port 0 takes any that is free
     * @param health asked at each request
     * @param certification asked for the page; empty for a service that does not certify
     * @throws InvalidDataException when the address cannot be listened at
     */
    public static Console start(
            String service,
            InetSocketAddress address,
            PrometheusMeterRegistry metrics,
            Supplier<Health> health,
            Optional<CertificationReport> certification) {
        HttpServer server = listen(address);
        ExecutorService executor = Executors.newFixedThreadPool(2, DaemonThreads.named("console"));
        server.setExecutor(executor);
        serve(
                server,
                "/",
                request -> new Response(
                        200,
                        "text/html; charset=utf-8",
                        StatusPage.of(service, health.get(), certification.map(CertificationReport::now))));
        serve(server, "/metrics", request -> page(metrics, request));
        serve(server, "/health/live", request -> answer(health.get(), Health::live));
        serve(server, "/health/ready", request -> answer(health.get(), Health::ready));
        server.start();
        return new Console(server, executor);
    }

    /** The port that is listened at. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private static HttpServer listen(InetSocketAddress address) {
        try {
            return HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new InvalidDataException(
                    "cannot serve HTTP at " + address.getHostString() + ":" + address.getPort() + " (" + e.getMessage()
                            + "): http.port must be free (0 takes any that is), and http.host an address of this machine",
                    e);
        }
    }

    private static Response page(PrometheusMeterRegistry metrics, Headers request) {
        MetricsPage page = MetricsPage.of(metrics, request.getFirst("Accept"));
        return new Response(200, page.contentType(), page.body());
    }

    private static Response answer(Health health, Function<Health, Boolean> question) {
        try {
            return new Response(
                    question.apply(health) ? 200 : 503, "application/json", JSON.writeValueAsString(health));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void serve(HttpServer server, String path, Function<Headers, Response> answers) {
        server.createContext(path, exchange -> {
            try (exchange) {
                send(exchange, answer(exchange, path, answers));
            }
        });
    }

    private static Response answer(HttpExchange exchange, String path, Function<Headers, Response> answers) {
        if (!exchange.getRequestURI().getPath().equals(path)) {
            return new Response(404, "text/plain", "not found");
        }
        return Set.of("GET", "HEAD").contains(exchange.getRequestMethod())
                ? answers.apply(exchange.getRequestHeaders())
                : new Response(405, "text/plain", "only GET is answered");
    }

    private static void send(HttpExchange exchange, Response answer) throws IOException {
        byte[] body = answer.body();
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), -1);
        } else {
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // made here and read once
    private record Response(int status, String contentType, byte[] body) {
        Response(int status, String contentType, String body) {
            this(status, contentType, body.getBytes(StandardCharsets.UTF_8));
        }
    }
}
