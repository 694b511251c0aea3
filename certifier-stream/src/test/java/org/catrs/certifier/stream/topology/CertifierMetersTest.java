// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.catrs.certifier.stream.outcome.ExactCertificate;
import org.junit.jupiter.api.Test;

class CertifierMetersTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CertifierMeters meters = new CertifierMeters(registry);

    @Test
    void shouldNeverShowMoreThanTheTruth() {
        List<ExactCertificate> all = ExactCertificate.all();
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal largest = BigDecimal.ZERO;
        for (int round = 0; round < 20; round++) {
            for (ExactCertificate exact : all) {
                meters.answered(exact.event(), Duration.ZERO);
                sum = sum.add(exact.radius());
                largest = largest.max(exact.radius());
            }
        }

        assertThat(shown("catrs_radius_sum")).isBetween(sum.multiply(new BigDecimal("0.99999")), sum);
        assertThat(shown("catrs_radius_max")).isBetween(largest.multiply(new BigDecimal("0.99999")), largest);
    }

    private BigDecimal shown(String name) {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> new BigDecimal(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }
}
