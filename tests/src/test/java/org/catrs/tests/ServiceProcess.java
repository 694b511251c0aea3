// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/** A service of {@code deploy/catrs} as a process of its own, which answers by HTTP. */
public abstract class ServiceProcess implements AutoCloseable {
    private final Catrs command;
    private final int port;
    private final Duration startLimit;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /**
     * A service that has been started.
     *
     * @param port of its HTTP server
     * @param startLimit within which it must be ready
     */
    protected ServiceProcess(Catrs command, int port, Duration startLimit) {
        this.command = command;
        this.port = port;
        this.startLimit = startLimit;
    }

    /**
     * Writes a configuration file.
     *
     * @param work folder where it is kept
     * @param port where the service's HTTP server shall listen
     * @param settings beside the server's
     */
    protected static Path configuration(Path work, int port, Map<String, String> settings) {
        Properties properties = new Properties();
        properties.setProperty("http.host", "127.0.0.1");
        properties.setProperty("http.port", Integer.toString(port));
        properties.putAll(settings);
        try {
            Path file = Files.createTempFile(work, "service-", ".properties");
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, null);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the service says that it is ready. */
    public void awaitReady() {
        await("the service is ready")
                .atMost(startLimit)
                .failFast(
                        () -> assertThat(command.isAlive()).as(command::output).isTrue())
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> get("/health/ready").statusCode() == 200);
    }

    public ProcessHandle handle() {
        return command.handle();
    }

    /** Address of its HTTP server, as Prometheus wants it. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Asks its HTTP server. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address() + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** What it counts now. */
    public Metrics metrics() throws IOException, InterruptedException {
        return Metrics.parse(get("/metrics").body());
    }

    /** What it has logged. */
    public String log() {
        return command.out() + command.err();
    }

    /** Waits for its end, and gives the exit code. */
    public int awaitExit(Duration limit) {
        return command.awaitExit(limit);
    }

    public void killForcibly() {
        command.killForcibly();
    }

    @Override
    public void close() {
        command.close();
    }
}
