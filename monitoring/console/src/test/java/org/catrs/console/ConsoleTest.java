// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catrs.console.CertificationReport.Figures;
import org.catrs.console.CertificationReport.ServedModel;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
final class ConsoleTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpClient http = HttpClient.newHttpClient();
    private Health health = new Health(true, false, "REBALANCING", "images are being assigned");
    private Figures figures = new Figures(0, 0, 0, 0, List.of());
    private final Console console =
            Console.start("catrs test", anyPort(), registry, () -> health, Optional.of(() -> figures));

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void shouldBeLiveButNotReadyWhileImagesAreAssigned() throws IOException, InterruptedException {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        HttpResponse<String> ready = get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(ready.body())
                .isEqualTo("{\"live\":true,\"ready\":false,\"state\":\"REBALANCING\","
                        + "\"detail\":\"images are being assigned\"}");
    }

    @Test
    void shouldFollowTheHealth() throws IOException, InterruptedException {
        health = new Health(false, false, "ERROR", "stopped by an error; the log says which");
        assertThat(get("/health/live").statusCode()).isEqualTo(503);
        health = new Health(true, true, "RUNNING", "images are certified as they come");
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldServeMetricsAsPrometheusReadsThem() throws IOException, InterruptedException {
        registry.counter("catrs.images.received").increment();
        HttpResponse<String> metrics = get("/metrics");
        assertThat(metrics.headers().firstValue("content-type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(metrics.body()).contains("catrs_images_received_total 1.0\n");
    }

    @Test
    void shouldTellThePageHowThingsAre() throws IOException, InterruptedException {
        figures = new Figures(20, 12, 3, 4, List.of(new ServedModel("<script>", "7", "ab12")));
        HttpResponse<InputStream> events = http.send(
                HttpRequest.newBuilder(uri("/api/events")).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(events.headers().firstValue("content-type")).hasValue("text/event-stream; charset=utf-8");
        BufferedReader lines = new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8));
        assertThat(lines.readLine()).isEqualTo("event: now");
        assertThat(lines.readLine())
                .contains(
                        "\"detail\":\"images are being assigned\"",
                        "\"received\":20,\"certified\":12,\"abstained\":3,\"rejected\":4",
                        "\"atHand\":1",
                        "{\"name\":\"<script>\",\"version\":\"7\",\"sha256\":\"ab12\"}");
        lines.close();
    }

    @Test
    void shouldServeThePageAndItsPartsFromTheJar() throws IOException, InterruptedException {
        HttpResponse<String> page = get("/");
        assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        Matcher parts = Pattern.compile("(?:href|src)=\"(?!#)([^\"]+)\"").matcher(page.body());
        while (parts.find()) {
            assertThat(get("/" + parts.group(1).replaceFirst("^/", "")).statusCode())
                    .as(parts.group(1))
                    .isIn(200, 503);
        }
        assertThat(page.body()).contains("Certified is not right.").doesNotContain("http://", "https://");
        assertThat(get("/uplot/LICENSE").body()).contains("The MIT License", "Leon Sorokin");
        assertThat(get("/uplot/uPlot.esm.js").headers().firstValue("content-type"))
                .hasValue("text/javascript; charset=utf-8");
    }

    @Test
    void shouldLetABrowserLoadNothingFromElsewhere() throws IOException, InterruptedException {
        for (String path : List.of("/", "/metrics", "/health/live", "/other")) {
            HttpHeaders headers = get(path).headers();
            assertThat(headers.firstValue("content-security-policy").orElse(""))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(headers.firstValue("x-content-type-options")).hasValue("nosniff");
            assertThat(headers.firstValue("referrer-policy")).hasValue("no-referrer");
            assertThat(headers.firstValue("server")).isEmpty();
        }
    }

    @Test
    void shouldRefuseWhoeverCallsThisMachineByAnotherName() throws IOException {
        for (String path : List.of("/api/state", "/api/events", "/api/answer", "/api/picture")) {
            assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 421")
                    .doesNotContain("evil");
            assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1.evil.example\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 421");
        }
        // A name of hex digits alone, which a neighbour may give an address.
        assertThat(raw("GET /api/state HTTP/1.1\r\nHost: cafe\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
        assertThat(raw("GET /api/state HTTP/1.1\r\nHost: localhost:80\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(raw("GET /api/state HTTP/1.1\r\nHost: [::1]:80\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void shouldRepeatNothingOfARequest() throws IOException {
        String answer = raw("GET /%3Cscript%3Esecret?secret=secret HTTP/1.1\r\nHost: localhost\r\nX-Secret: secret\r\n"
                + "Connection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 404").doesNotContain("secret");
        assertThat(raw("BREW /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 405")
                .doesNotContain("BREW");
        assertThat(raw("GET /../secret HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .matches("(?s)HTTP/1.1 40[04].*")
                .doesNotContain("secret");
        assertThat(raw("GET / HTTP/1.1\r\nX-Long: " + "secret".repeat(3000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431")
                .doesNotContain("secret");
    }

    @Test
    void shouldAnswerBesideHalfOpenConnections() throws IOException, InterruptedException {
        List<Socket> halfOpen = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), console.port());
                halfOpen.add(socket);
                if (i % 2 == 0) {
                    socket.getOutputStream().write("GET /metrics HTTP/1.1\r\nHost: loc".getBytes(US_ASCII));
                }
            }
            for (String path : List.of("/health/live", "/metrics")) {
                HttpRequest request = HttpRequest.newBuilder(uri(path))
                        .timeout(Duration.ofSeconds(1))
                        .build();
                assertThat(HttpClient.newHttpClient()
                                .send(request, HttpResponse.BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(200);
            }
        } finally {
            for (Socket socket : halfOpen) {
                socket.close();
            }
        }
    }

    @Test
    void shouldEndTheLongestIdleOfTooManyConnections() throws IOException, InterruptedException {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 600; i++) {
                idle.add(new Socket(InetAddress.getLoopbackAddress(), console.port()));
            }
            assertThat(HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(uri("/health/live")).build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
            Socket first = idle.get(0);
            first.setSoTimeout(5_000);
            assertThat(first.getInputStream().read()).isEqualTo(-1);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void shouldAnswerNothingElse() throws IOException, InterruptedException {
        assertThat(get("/other").statusCode()).isEqualTo(404);
        assertThat(get("/metrics/more").statusCode()).isEqualTo(404);
        HttpRequest post = HttpRequest.newBuilder(uri("/health/live"))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();
        assertThat(http.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
    }

    @Test
    void shouldSayWhichPortIsInUse() {
        InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), console.port());
        assertThatThrownBy(() -> Console.start("catrs test", taken, registry, () -> health, Optional.empty()))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContainingAll(Integer.toString(console.port()), "http.port");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + console.port() + path);
    }

    /** The whole answer to a request that is sent as it is. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), console.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
