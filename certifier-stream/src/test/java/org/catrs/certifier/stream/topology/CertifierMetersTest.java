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
import java.util.stream.Stream;
import org.catrs.certifier.cli.client.Predictions;
import org.catrs.certifier.network.options.ExecutionProvider;
import org.catrs.certifier.stream.outcome.ExactCertificate;
import org.catrs.schemas.event.CertifiedPrediction;
import org.junit.jupiter.api.Test;

class CertifierMetersTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CertifierMeters meters = new CertifierMeters(registry, ExecutionProvider.AUTO);

    @Test
    void shouldNeverShowMoreThanTheTruth() {
        List<ExactCertificate> all = ExactCertificate.all();
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal bounds = BigDecimal.ZERO;
        for (int round = 0; round < 20; round++) {
            for (ExactCertificate exact : all) {
                meters.answered(Courses.untraced(), exact.event(), Duration.ZERO);
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
                    Courses.untraced(),
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

    /** What a version has counted goes with it; what the service has counted stays. */
    @Test
    void shouldForgetTheVersionsThatHadNoImageForLongest() {
        for (int version = 1; version <= 50; version++) {
            meters.answered(Courses.untraced(), Predictions.certified(model(version), "label"), Duration.ZERO);
        }
        assertThat(series("catrs_images_certified_total{").filter(line -> line.contains("version=\"50\"")))
                .singleElement()
                .asString()
                .endsWith(" 1.0");
        for (String metric : List.of(
                "catrs_images_certified_total{",
                "catrs_noise_samples_total{",
                "catrs_radius_count{",
                "catrs_lower_bound_count{",
                "catrs_latency_seconds_count{")) {
            assertThat(series(metric)).as(metric).hasSizeLessThanOrEqualTo(20);
        }
        assertThat(series("catrs_labels_total{")).hasSizeLessThanOrEqualTo(20);
        assertThat(meters.figures().certified()).isEqualTo(50);
    }

    @Test
    void shouldNotForgetAnIdleModelThatIsServed() {
        ImageCertifier idle = Courses.certifier("idle", "1");
        meters.serve("idle", List.of(idle));
        for (int version = 1; version <= 50; version++) {
            meters.answered(Courses.untraced(), Predictions.certified(model(version), "label"), Duration.ZERO);
        }
        assertThat(series("catrs_images_certified_total{").filter(line -> line.contains("model=\"idle\"")))
                .singleElement()
                .asString()
                .endsWith(" 0.0");
    }

    @Test
    void shouldShowAModelAtZeroBeforeItsFirstImage() {
        meters.serve("standard", List.of(Courses.certifier("standard", "1")));
        for (String metric : List.of(
                "catrs_images_received_total{",
                "catrs_images_certified_total{",
                "catrs_images_rejected_total{",
                "catrs_labels_total{",
                "catrs_radius_count{",
                "catrs_queue_seconds_count{",
                "catrs_batch_slots_total{",
                "catrs_batch_wait_seconds_count{")) {
            assertThat(series(metric).filter(line -> line.contains("model=\"standard\"")))
                    .as(metric)
                    .isNotEmpty()
                    .allMatch(line -> line.endsWith(" 0") || line.endsWith(" 0.0"));
        }
    }

    private static CertifiedPrediction.Model model(int version) {
        return new CertifiedPrediction.Model("m", Integer.toString(version), "ab".repeat(32));
    }

    private Stream<String> series(String begin) {
        return registry.scrape().lines().filter(line -> line.startsWith(begin));
    }

    private BigDecimal shown(String name) {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .map(line -> new BigDecimal(line.substring(line.lastIndexOf(' ') + 1)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
