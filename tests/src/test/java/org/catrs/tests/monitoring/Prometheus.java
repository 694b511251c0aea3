// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.catrs.tests.Checkout;
import org.catrs.tests.ForkPorts;

/** The real Prometheus, with catrs's rules, scraping one process every second. */
public final class Prometheus implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Process process;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private Prometheus(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Whether it is installed. */
    public static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "prometheus")));
    }

    /**
     * Starts it, and waits until it answers.
     *
     * @param target address of the process that it scrapes, as HOST:PORT
     */
    public static Prometheus start(Path work, String target) throws IOException {
        Path configuration = work.resolve("prometheus.yml");
        Files.writeString(
                configuration, """
                global:
                  scrape_interval: 1s
                  evaluation_interval: 1s
                rule_files: ['%s']
                scrape_configs:
                  - job_name: catrs
                    static_configs: [{targets: ['%s']}]
                """.formatted(Checkout.ROOT.resolve("monitoring/prometheus/rules.yml"), target));
        int port = ForkPorts.free();
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + work.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("prometheus.log").toFile())
                .start();
        Prometheus prometheus = new Prometheus(process, port);
        await("Prometheus is ready")
                .atMost(LIMIT)
                .failFast(() -> assertThat(process.isAlive())
                        .as(() -> "is alive, see " + work.resolve("prometheus.log"))
                        .isTrue())
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> prometheus.get("/-/ready").statusCode() == 200);
        return prometheus;
    }

    /** Waits until it has an answer to the query of every panel of a dashboard, none empty and none without a number. */
    public void awaitAnswers(String dashboard) {
        await().atMost(LIMIT).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            List<String> problems = new ArrayList<>();
            for (Dashboard.Query query : Dashboard.queries(dashboard)) {
                problemOf(query.expression())
                        .ifPresent(problem ->
                                problems.add(query.panel() + ": " + problem + ", asked " + query.expression()));
            }
            assertThat(problems).isEmpty();
        });
    }

    /** What is wrong with the answer to a query: an error, no series, or a value that is no number. */
    Optional<String> problemOf(String query) throws IOException, InterruptedException {
        JsonNode answer = JSON.readTree(get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
                .body());
        if (!answer.path("status").asText().equals("success")) {
            return Optional.of(answer.path("error").asText());
        }
        List<String> values = new ArrayList<>();
        answer.path("data")
                .path("result")
                .forEach(series -> values.add(series.path("value").path(1).asText()));
        if (values.isEmpty()) {
            return Optional.of("no series");
        }
        return values.contains("NaN") ? Optional.of("NaN among " + values) : Optional.empty();
    }

    /** The rules of all groups, as the HTTP API gives them. */
    List<JsonNode> rules() throws IOException, InterruptedException {
        List<JsonNode> rules = new ArrayList<>();
        JSON.readTree(get("/api/v1/rules").body())
                .path("data")
                .path("groups")
                .forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(5))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
