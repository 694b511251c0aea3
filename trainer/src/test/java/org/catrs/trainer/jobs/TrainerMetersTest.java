// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.catrs.console.ServiceMetric;
import org.catrs.schemas.event.TrainingJob;
import org.junit.jupiter.api.Test;

class TrainerMetersTest {
    @Test
    void shouldServeTheMetricsThatTheDocumentationLists() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        TrainerMeters meters = new TrainerMeters(registry, () -> 1, () -> 0);
        meters.began(new TrainingJob("job", "model", "digits", null, Map.of()));
        meters.certified(new double[] {0.5, -1}, 0.5);

        Stream<String> served = registry.scrape()
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.substring("# TYPE ".length()));

        assertThat(served)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ServiceMetric.values())
                        .filter(metric -> metric.meter().startsWith("catrs.trainer"))
                        .map(metric -> metric.prometheusName() + " " + metric.type())
                        .toList());
    }
}
