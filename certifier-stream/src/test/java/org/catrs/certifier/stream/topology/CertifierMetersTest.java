// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.catrs.certifier.cli.client.Predictions;
import org.catrs.certifier.stream.outcome.ExactCertificate;
import org.junit.jupiter.api.Test;

class CertifierMetersTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CertifierMeters meters = new CertifierMeters(registry);

    @Test
    void shouldNeverShowMoreThanTheTruth() {
        List<ExactCertificate> all = ExactCertificate.all();
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal bounds = BigDecimal.ZERO;
        for (int round = 0; round < 20; round++) {
            for (ExactCertificate exact : all) {
                meters.answered(exact.event(), Duration.ZERO);
                sum = sum.add(exact.radius());
                bounds = bounds.add(new BigDecimal(exact.event().probabilityLowerBound()));
            }
        }

        assertThat(shown("catrs_radius_sum")).isBetween(sum.multiply(new BigDecimal("0.99999")), sum);
        assertThat(shown("catrs_lower_bound_sum")).isBetween(bounds.multiply(new BigDecimal("0.99999")), bounds);
    }

    /** Radii in steps of 0.01 from 0.01 to 1: of each bucket's eighth of sigma, all that are no greater. */
    @Test
    void shouldPutEachRadiusIntoItsEighthOfSigma() {
        for (int radius = 1; radius <= 100; radius++) {
            meters.answered(
                    Predictions.certified("image", 1, "one", radius / 100.0, null)
                            .prediction(),
                    Duration.ZERO);
        }
        double sigma = 0.5;
        List<String> buckets = registry.scrape()
                .lines()
                .filter(line -> line.startsWith("catrs_radius_bucket"))
                .toList();
        assertThat(buckets).hasSize(41);
        for (int bucket = 1; bucket <= 40; bucket++) {
            double bound = sigma * bucket / 8;
            long expected = IntStream.rangeClosed(1, 100)
                    .filter(radius -> radius / 100.0 <= bound)
                    .count();
            assertThat(buckets.get(bucket - 1)).contains("le=\"" + bound + "\"").endsWith(" " + expected);
        }
    }

    private BigDecimal shown(String name) {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .map(line -> new BigDecimal(line.substring(line.lastIndexOf(' ') + 1)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
