// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Optional;
import org.catrs.console.CertificationReport;
import org.catrs.console.Console;
import org.catrs.console.Health;
import org.catrs.console.MachineMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs until it is closed, or until an error stops it, with metrics and health served all the while. What it has
 * opened is closed in reverse, also when its start fails.
 */
public abstract class Service implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ServiceParts parts = new ServiceParts();

    /**
     * Starts the console, and then the service; frees what was opened when one cannot be started.
     *
     * @param name of the service, for the console's page
     * @param http where the console listens; port 0 takes any that is free
     * @param unknownKeys settings that nothing has, to be warned of
     * @throws org.catrs.schemas.InvalidDataException when the console's address, or what {@link #open} needs, cannot be
     *     used
     */
    protected final void start(String name, InetSocketAddress http, Collection<String> unknownKeys) {
        unknownKeys.forEach(key -> LOG.warn("unknown setting {}: neither catrs nor Kafka has it", key));
        parts.keep(registry::close);
        try {
            parts.keep(MachineMetrics.bindTo(registry));
            Console console = Console.start(name, http, registry, this::health, certification());
            parts.keep(console);
            tell(http, console.port());
            open(console.port());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static void tell(InetSocketAddress http, int port) {
        LOG.atInfo().addKeyValue("port", port).log("metrics and health are served");
        if (http.getAddress() != null && http.getAddress().isLoopbackAddress()) {
            LOG.info(
                    "the console is at http://127.0.0.1:{}, for this machine alone; http.host=0.0.0.0 opens it to everybody"
                            + " who reaches this machine",
                    port);
        } else {
            LOG.info("the console is open to everybody who reaches port {} of this machine", port);
        }
    }

    /**
     * Opens what the service consists of, and returns when it runs.
     *
     * @param port of the console
     */
    protected abstract void open(int port);

    /** Whether the service lives and is ready; asked by many threads, and before {@link #open} is done. */
    protected abstract Health health();

    /** What the console's page shows of certification; empty for a service that does not certify. */
    protected Optional<CertificationReport> certification() {
        return Optional.empty();
    }

    /** Where meters are registered. */
    protected final MeterRegistry meters() {
        return registry;
    }

    /** What is closed with the service. */
    protected final ServiceParts parts() {
        return parts;
    }

    /** Waits until the service ends, and closes it: 0 when it was closed, 1 when an error stopped it. */
    final int awaitEnd() {
        int code = parts.awaitEnd();
        close();
        return code;
    }

    /** Waits until the service ends, and closes it when the process is told to stop (SIGTERM, Ctrl-C); gives the exit code. */
    public final int runUntilStopped() {
        StopSignal signal = StopSignal.then(() -> {
            close();
            return awaitEnd();
        });
        int code = awaitEnd();
        signal.disregard();
        return code;
    }

    /** Finishes what is at hand and frees everything. Closing again does nothing. */
    @Override
    public void close() {
        parts.close();
    }
}
