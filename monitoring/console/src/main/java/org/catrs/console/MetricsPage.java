// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * All metrics as a scraper asks for them: OpenMetrics, which has examples of traces, where its header {@code Accept} ranks
 * that no lower, else Prometheus's own text.
 *
 * @param contentType of the body, with version and charset
 * @param body UTF-8 text
 */
public record MetricsPage(String contentType, String body) {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS_RANGE = "application/openmetrics-text";

    /**
     * Reads all metrics.
     *
     * @param accept the request's header; null where it has none
     */
    public static MetricsPage of(PrometheusMeterRegistry metrics, @Nullable String accept) {
        String type = asksForOpenMetrics(accept) ? OpenMetricsTextFormatWriter.CONTENT_TYPE : TEXT;
        return new MetricsPage(type, metrics.scrape(type));
    }

    private static boolean asksForOpenMetrics(@Nullable String accept) {
        if (accept == null) {
            return false;
        }
        double openMetrics = quality(accept, OPEN_METRICS_RANGE);
        return openMetrics > 0 && openMetrics >= quality(accept, "text/plain");
    }

    /** The greatest quality that a media type is asked for with, by name and not by a wildcard; 0 where it is not. */
    private static double quality(String accept, String type) {
        return Arrays.stream(accept.toLowerCase(Locale.ROOT).split(",", -1))
                .map(range -> range.split(";", -1))
                .filter(range -> range[0].strip().equals(type))
                .mapToDouble(MetricsPage::quality)
                .max()
                .orElse(0);
    }

    private static double quality(String... range) {
        for (String parameter : range) {
            String text = parameter.strip();
            if (text.startsWith("q=")) {
                try {
                    return Double.parseDouble(text.substring(2).strip());
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
