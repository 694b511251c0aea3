// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * All metrics in the format that a scraper's header {@code Accept} ranks first: Prometheus's own text, OpenMetrics, which has
 * examples of traces beside the numbers, or Prometheus's protobuf messages, which have these and native histograms. Text
 * where it names none of them.
 */
public final class MetricsPage {
    private final Format format;
    private final byte[] body;

    private MetricsPage(Format format, byte[] body) {
        this.format = format;
        this.body = body;
    }

    /** The formats, the one that says most last. */
    private enum Format {
        TEXT("text/plain", "text/plain; version=0.0.4; charset=utf-8"),
        OPEN_METRICS("application/openmetrics-text", "application/openmetrics-text; version=1.0.0; charset=utf-8"),
        PROTOBUF(
                "application/vnd.google.protobuf",
                "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited");

        private final String range;
        private final String contentType;

        Format(String range, String contentType) {
            this.range = range;
            this.contentType = contentType;
        }

        /** The greatest quality that it is asked for with, by its name and not by a wildcard; 0 where it is not. */
        double quality(String accept) {
            return Arrays.stream(accept.toLowerCase(Locale.ROOT).split(",", -1))
                    .map(asked -> asked.split(";", -1))
                    .filter(asked -> asked[0].strip().equals(range))
                    .mapToDouble(Format::quality)
                    .max()
                    .orElse(0);
        }

        private static double quality(String... asked) {
            for (String parameter : asked) {
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

        static Format of(String accept) {
            Format best = TEXT;
            for (Format format : values()) {
                double quality = format.quality(accept);
                if (quality > 0 && quality >= best.quality(accept)) {
                    best = format;
                }
            }
            return best;
        }
    }

    /**
     * Reads all metrics.
     *
     * @param accept the request's header; null where it has none
     */
    public static MetricsPage of(PrometheusMeterRegistry metrics, @Nullable String accept) {
        Format format = accept == null ? Format.TEXT : Format.of(accept);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            metrics.scrape(body, format.contentType);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new MetricsPage(format, body.toByteArray());
    }

    /** Media type, with version and charset. */
    public String contentType() {
        return format.contentType;
    }

    /** The page, text in UTF-8. */
    public byte[] body() {
        return body.clone();
    }
}
