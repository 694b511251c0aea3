// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.stream;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.catrs.tests.Catrs;
import org.catrs.tests.Checkout;
import org.catrs.tests.Ports;

/** The certifier as a process of its own, with a model that tells bright images from dark ones. */
public final class CertifierService implements AutoCloseable {
    /** Takes images of 3 x 8 x 8; see generate.py beside it. */
    public static final Path BRIGHTNESS = Checkout.ROOT.resolve("tests/src/test/resources/brightness");

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Catrs command;
    private final int port;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private CertifierService(Catrs command, int port) {
        this.command = command;
        this.port = port;
    }

    /**
     * Starts the service and waits until it says that it is ready.
     *
     * @param work where its configuration, state and output are kept
     * @param settings beside those that keep the test quick
     */
    public static CertifierService start(Path work, String bootstrapServers, Map<String, String> settings) {
        CertifierService service = launch(work, bootstrapServers, settings, "--model", BRIGHTNESS.toString());
        service.awaitReady();
        return service;
    }

    /**
     * Starts the service, with released models if the settings say so.
     *
     * @param options beside the configuration file's
     */
    public static CertifierService launch(
            Path work, String bootstrapServers, Map<String, String> settings, String... options) {
        int port = Ports.free();
        List<String> arguments = new ArrayList<>(List.of(
                "serve",
                "--config",
                configuration(work, port, settings).toString(),
                "--bootstrap-server",
                bootstrapServers));
        arguments.addAll(List.of(options));
        return new CertifierService(Catrs.start(work, arguments.toArray(String[]::new)), port);
    }

    public void awaitReady() {
        await("the certifier is ready")
                .atMost(START_LIMIT)
                .failFast(
                        () -> assertThat(command.isAlive()).as(command::output).isTrue())
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> get("/health/ready").statusCode() == 200);
    }

    ProcessHandle handle() {
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

    public void killForcibly() {
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
        properties.setProperty("n", "1000");
        // What a killed instance held is free after these.
        properties.setProperty("consumer.session.timeout.ms", "3000");
        properties.setProperty("consumer.heartbeat.interval.ms", "500");
        properties.setProperty("transaction.timeout.ms", "5000");
        properties.setProperty("record.max.seconds", "2");
        properties.setProperty("state.dir", work.resolve("state").toString());
        properties.putAll(settings);
        try {
            Path file = Files.createTempFile(work, "certifier-", ".properties");
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, null);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
