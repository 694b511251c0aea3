// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.jobs;

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
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.catrs.tests.Catrs;
import org.catrs.tests.Ports;
import org.catrs.tests.stream.Metrics;

/** The trainer as a process of its own, into which a debugger can look. */
final class TrainerProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(120);

    private final Catrs command;
    private final int port;
    private final int debugPort;
    private final HttpClient http = HttpClient.newHttpClient();

    private TrainerProcess(Catrs command, int port, int debugPort) {
        this.command = command;
        this.port = port;
        this.debugPort = debugPort;
    }

    /** Starts a trainer and waits until it has its partitions. */
    static TrainerProcess start(Path work, Map<String, String> settings, Map<String, String> environment) {
        int port = Ports.free();
        int debugPort = Ports.free();
        Map<String, String> variables = new HashMap<>(environment);
        variables.put(
                "JAVA_TOOL_OPTIONS",
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:" + debugPort);
        String configuration = configuration(work, port, settings).toString();
        TrainerProcess process =
                new TrainerProcess(Catrs.start(work, variables, "trainer", "--config", configuration), port, debugPort);
        process.awaitReady();
        return process;
    }

    private void awaitReady() {
        await("the trainer is ready")
                .atMost(START_LIMIT)
                .failFast(
                        () -> assertThat(command.isAlive()).as(command::output).isTrue())
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> get("/health/ready").statusCode() == 200);
    }

    /** Address of its HTTP server, as Prometheus wants it. */
    String address() {
        return "127.0.0.1:" + port;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://" + address() + path);
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    Metrics metrics() throws IOException, InterruptedException {
        return Metrics.parse(get("/metrics").body());
    }

    /** Looks into the process. */
    Debugger debug() {
        return Debugger.attach(debugPort);
    }

    String log() {
        return command.output();
    }

    void killForcibly() {
        command.killForcibly();
    }

    @Override
    public void close() {
        command.close();
    }

    private static Path configuration(Path work, int port, Map<String, String> settings) {
        Properties properties = new Properties();
        properties.setProperty("http.host", "127.0.0.1");
        properties.setProperty("http.port", Integer.toString(port));
        // What a killed instance held is free after these: the least that the broker allows.
        properties.setProperty("session.timeout.ms", "6000");
        properties.setProperty("heartbeat.interval.ms", "1000");
        properties.setProperty("estimate.images", "10");
        properties.setProperty("estimate.samples", "20");
        properties.putAll(settings);
        try {
            Path file = Files.createTempFile(work, "trainer-", ".properties");
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, null);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
