// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsPageTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** The first is what Prometheus 2.53 sends. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,"
                        + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
                "application/openmetrics-text",
                "text/plain;q=0.5, Application/OpenMetrics-Text; version=1.0.0; q=0.5"
            })
    void shouldGiveOpenMetricsToWhoeverAsksForIt(String accept) {
        ServiceMetric.SHIFTS_BEGUN.counter(registry, "digits", "LABELS").increment();
        MetricsPage page = MetricsPage.of(registry, accept);
        assertThat(page.contentType()).isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(text(page))
                .contains("# TYPE catrs_shifts_begun counter\n", "catrs_shifts_begun_total{")
                .endsWith("# EOF\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "text/html,application/xhtml+xml",
                "text/plain;version=0.0.4",
                "application/openmetrics-text;q=0",
                "application/openmetrics-text;q=0.2,text/plain;q=0.9",
                "application/openmetrics-text;q=x",
                ";;;,,q=,;q"
            })
    void shouldGivePrometheusTextToAllOthers(String accept) {
        assertIsText(MetricsPage.of(registry, accept));
    }

    @Test
    void shouldGivePrometheusTextToWhoeverAsksForNothing() {
        assertIsText(MetricsPage.of(registry, null));
    }

    /** The first is what Prometheus 2.53 sends where native histograms are scraped. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,"
                        + "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
                "application/vnd.google.protobuf"
            })
    void shouldGiveNativeHistogramsToWhoeverAsksForProtobuf(String accept) {
        ServiceMetric.RADIUS.modelHistogram(registry).record(0.3, null, new double[] {0.5, 1}, "digits", "1");
        MetricsPage page = MetricsPage.of(registry, accept);
        assertThat(page.contentType()).startsWith("application/vnd.google.protobuf");
        assertThat(text(page)).contains("catrs_radius", "digits");
    }

    private static String text(MetricsPage page) {
        return new String(page.body(), StandardCharsets.UTF_8);
    }

    private void assertIsText(MetricsPage page) {
        assertThat(page.contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(text(page)).doesNotContain("# EOF");
    }
}
