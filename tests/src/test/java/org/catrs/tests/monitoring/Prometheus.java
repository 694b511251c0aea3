// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.monitoring;

import static java.util.stream.Collectors.joining;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.catrs.tests.ForkPorts;

/** The real Prometheus, with catrs's rules, scraping every second. */
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

    /** Starts it with the rules as they are, and waits until it answers. */
    public static Prometheus start(Path work, Map<String, String> targets) throws IOException {
        return start(work, targets, Files.readString(Rules.FILE));
    }

    /**
     * Starts it, and waits until it answers.
     *
     * @param targets addresses of processes that it scrapes, as HOST:PORT, by the name of the job
     * @param rules text of the file of rules
     */
    static Prometheus start(Path work, Map<String, String> targets, String rules) throws IOException {
        Path configuration = work.resolve("prometheus.yml");
        Path ruleFile = Files.writeString(work.resolve("rules.yml"), rules);
        String jobs = targets.entrySet().stream()
                .map(target -> "  - {job_name: %s, static_configs: [{targets: ['%s']}]}%n"
                        .formatted(target.getKey(), target.getValue()))
                .collect(joining());
        Files.writeString(configuration, """
                global:
                  scrape_interval: 1s
                  evaluation_interval: 1s
                rule_files: ['%s']
                scrape_configs:
                %s""".formatted(ruleFile, jobs));
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

    /** Waits until it has an answer to every query of a dashboard, none empty and none without a number. */
    public void awaitAnswers(String dashboard) throws IOException {
        Dashboard asked = Dashboard.read(dashboard);
        await().atMost(LIMIT).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            Map<String, String> values = asked.values(this);
            List<String> problems = new ArrayList<>();
            values.forEach((variable, found) -> {
                if (found.isEmpty()) {
                    problems.add("variable " + variable + " has no value");
                }
            });
            for (Dashboard.Query query : asked.queries(values)) {
                problemOf(query.expression())
                        .ifPresent(problem ->
                                problems.add(query.panel() + ": " + problem + ", asked " + query.expression()));
            }
            assertThat(problems).isEmpty();
        });
    }

    /** What is wrong with the answer to a query: an error, no series, or a value that is no number. */
    Optional<String> problemOf(String query) throws IOException, InterruptedException {
        JsonNode answer = ask("/api/v1/query?query=" + encoded(query));
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

    /**
     * The series that a query has over some time, as the HTTP API gives them.
     *
     * @param step between two values
     */
    JsonNode series(String query, Instant from, Instant to, Duration step) throws IOException, InterruptedException {
        JsonNode answer = ask("/api/v1/query_range?query=" + encoded(query) + "&start=" + from.getEpochSecond()
                + "&end=" + to.getEpochSecond() + "&step=" + step.toSeconds());
        assertThat(answer.path("status").asText()).as(answer::toString).isEqualTo("success");
        return answer.path("data").path("result");
    }

    /** The values that a label has in the series of a selector. */
    List<String> labelValues(String selector, String label) throws IOException, InterruptedException {
        List<String> values = new ArrayList<>();
        ask("/api/v1/label/" + label + "/values?match[]=" + encoded(selector))
                .path("data")
                .forEach(value -> values.add(value.asText()));
        return values;
    }

    /** The rules of all groups, as the HTTP API gives them. */
    List<JsonNode> rules() throws IOException, InterruptedException {
        List<JsonNode> rules = new ArrayList<>();
        ask("/api/v1/rules")
                .path("data")
                .path("groups")
                .forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }

    /** Names of the alerts that fire now. */
    List<String> firing() throws IOException, InterruptedException {
        return rules().stream()
                .filter(rule -> rule.path("state").asText().equals("firing"))
                .map(rule -> rule.path("name").asText())
                .toList();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private JsonNode ask(String path) throws IOException, InterruptedException {
        return JSON.readTree(get(path).body());
    }

    private static String encoded(String query) {
        return URLEncoder.encode(query, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path.replace("[]", "%5B%5D")))
                        .timeout(Duration.ofSeconds(5))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
