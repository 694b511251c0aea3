// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.catrs.console.tracing.TraceContext;
import org.junit.jupiter.api.Test;

class ModelHistogramTest {
    private static final double[] EIGHTHS_OF_A_THIRD = {1 / 24.0, 2 / 24.0, 3 / 24.0};
    private static final double[] TENTHS = {0.1, 0.2};

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ModelHistogram histogram = ServiceMetric.RADIUS.modelHistogram(registry);

    @Test
    void shouldCountEachValueInItsBucketToTheLastBit() {
        SplittableRandom random = new SplittableRandom(1);
        long[] expected = new long[EIGHTHS_OF_A_THIRD.length + 1];
        for (double bound : EIGHTHS_OF_A_THIRD) {
            for (double value : new double[] {
                bound, Math.nextDown(bound), Math.nextUp(bound), random.nextDouble(0.2), random.nextDouble(0.2)
            }) {
                histogram.record(value, null, EIGHTHS_OF_A_THIRD, "digits", "1");
                for (int bucket = 0; bucket < expected.length; bucket++) {
                    expected[bucket] +=
                            bucket == EIGHTHS_OF_A_THIRD.length || value <= EIGHTHS_OF_A_THIRD[bucket] ? 1 : 0;
                }
            }
        }
        assertThat(buckets("digits"))
                .containsExactly(Arrays.stream(expected).boxed().toArray(Long[]::new));
        assertThat(bounds("digits")).containsExactly("0.041666666666666664", "0.08333333333333333", "0.125", "+Inf");
    }

    @Test
    void shouldGiveEachModelBucketsOfItsOwn() {
        histogram.record(0.09, null, EIGHTHS_OF_A_THIRD, "digits", "1");
        histogram.record(0.09, null, TENTHS, "letters", "1");
        assertThat(buckets("digits")).containsExactly(0L, 0L, 1L, 1L);
        assertThat(buckets("letters")).containsExactly(1L, 1L, 1L);
        assertThat(bounds("letters")).containsExactly("0.1", "0.2", "+Inf");
    }

    @Test
    void shouldNeverHaveASumAboveTheTruth() {
        double value = 0.1;
        for (int i = 0; i < 100_000; i++) {
            histogram.record(value, null, TENTHS, "digits", "1");
        }
        // 0.1 rounded down to 2^-20 is 104857 / 2^20.
        assertThat(lines("digits", "_sum")).singleElement().isEqualTo(Double.toString(100_000 * 104_857.0 / (1 << 20)));
    }

    @Test
    void shouldBeThereAtZeroBeforeItsFirstValue() {
        histogram.begin(TENTHS, "digits", "1");
        assertThat(buckets("digits")).containsExactly(0L, 0L, 0L);
    }

    @Test
    void shouldForgetOneVersionAlone() {
        for (int version = 0; version < 3; version++) {
            histogram.record(0.1, null, TENTHS, "digits", Integer.toString(version));
        }
        histogram.forget("digits", "1");
        assertThat(lines("digits", "_count")).hasSize(2);
        histogram.record(0.1, null, TENTHS, "digits", "1");
        assertThat(lines("digits", "_count")).containsOnly("1").hasSize(3);
    }

    @Test
    void shouldNameTheTraceOfAValueInItsBucket() {
        histogram.record(
                0.15, new TraceContext("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"), TENTHS, "digits", "1");
        String scraped = new String(MetricsPage.of(registry, "application/openmetrics-text").body(), StandardCharsets.UTF_8);
        assertThat(scraped.lines().filter(line -> line.contains("_bucket") && line.contains("trace_id")))
                .singleElement()
                .asString()
                .startsWith("catrs_radius_bucket{model=\"digits\",version=\"1\",le=\"0.2\"} 1 # {")
                .contains("trace_id=\"0af7651916cd43dd8448eb211c80319c\"", "span_id=\"b7ad6b7169203331\"", "} 0.15 ");
    }

    private List<Long> buckets(String model) {
        return lines(model, "_bucket").stream().map(Long::valueOf).toList();
    }

    private List<String> bounds(String model) {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith("catrs_radius_bucket") && line.contains("model=\"" + model + "\""))
                .map(line -> line.replaceFirst(".*le=\"([^\"]*)\".*", "$1"))
                .toList();
    }

    private List<String> lines(String model, String kind) {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith("catrs_radius" + kind) && line.contains("model=\"" + model + "\""))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
    }
}
