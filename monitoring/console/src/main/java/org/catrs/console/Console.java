// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.catrs.console.web.Asked;
import org.catrs.console.web.Reply;
import org.catrs.console.web.Routes;
import org.catrs.console.web.WebServer;
import org.catrs.schemas.json.JsonRecords;

/**
 * A service's HTTP server: {@code /metrics} for Prometheus, {@code /health/live} and {@code /health/ready} for a scheduler
 * (200 or 503), and at {@code /} the page for people.
 */
public final class Console implements AutoCloseable {
    private final WebServer server;
    private final ConsolePage page;

    private Console(WebServer server, ConsolePage page) {
        this.server = server;
        this.page = page;
    }

    /**
     * Starts to serve.
     *
     * @param service name of the service, for its page
     * @param address where to listen; port 0 takes any that is free
     * @param health asked at each request
     * @param certification asked for the page; empty for a service that does not certify
     * @throws org.catrs.schemas.InvalidDataException when the address cannot be listened at
     */
    public static Console start(
            String service,
            InetSocketAddress address,
            PrometheusMeterRegistry metrics,
            Supplier<Health> health,
            Optional<CertificationReport> certification) {
        Routes routes = new Routes();
        routes.page("/metrics", request -> metricsPage(metrics, request));
        routes.page("/health/live", asked -> answer(health.get(), Health::live));
        routes.page("/health/ready", asked -> answer(health.get(), Health::ready));
        ConsolePage page = new ConsolePage(service, address, health, certification);
        page.addTo(routes);
        return new Console(WebServer.start(address, routes), page);
    }

    /** The port that is listened at. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
        page.close();
    }

    private static Reply metricsPage(PrometheusMeterRegistry metrics, Asked request) {
        MetricsPage page = MetricsPage.of(metrics, request.header("Accept").orElse(null));
        return Reply.of(200, page.contentType(), page.body());
    }

    private static Reply answer(Health health, Predicate<Health> question) {
        return Reply.of(question.test(health) ? 200 : 503, "application/json", JsonRecords.write(health));
    }
}
