// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.catrs.console.CertificationReport.Figures;
import org.catrs.console.CertificationReport.ServedModel;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
    void shouldShowTheStateAndLinks() throws IOException, InterruptedException {
        assertThat(get("/").body())
                .contains("<h1>catrs test</h1>", "Not ready: images are being assigned", "href=\"/metrics\"");
    }

    @Test
    void shouldShowWhatWasCertifiedAndWithWhat() throws IOException, InterruptedException {
        assertThat(get("/").body())
                .contains("<tr><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td></tr>", "<p>none certifies now</p>");
        figures = new Figures(20, 12, 3, 4, List.of(new ServedModel("digits", "7", "ab12")));
        assertThat(get("/").body())
                .contains(
                        "<th>received</th><th>certified</th><th>abstained</th><th>rejected</th><th>at hand</th>",
                        "<tr><td>20</td><td>12</td><td>3</td><td>4</td><td>1</td></tr>",
                        "<tr><td>digits</td><td>7</td><td><code>ab12</code></td></tr>");
    }

    @Test
    void shouldShowNamesAsTheyAre() throws IOException, InterruptedException {
        figures = new Figures(0, 0, 0, 0, List.of(new ServedModel("<script>'&\"", "1", "ab12")));
        health = new Health(true, false, "CREATED", "the model <b> is waited for");
        assertThat(get("/").body())
                .contains("<td>&lt;script&gt;&#39;&amp;&quot;</td>", "the model &lt;b&gt; is waited for");
    }

    @Test
    void shouldShowNothingOfCertificationWhereThereIsNone() {
        assertThat(true).isTrue();
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

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
