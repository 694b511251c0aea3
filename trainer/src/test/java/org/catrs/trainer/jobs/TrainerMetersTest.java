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
import org.catrs.trainer.method.slice.SliceLoss;
import org.junit.jupiter.api.Test;

class TrainerMetersTest {
    @Test
    void shouldShowTheLastTrainingWhileThereIsNoneAndNothingThatIsNoNumber() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        TrainerMeters meters = new TrainerMeters(registry, () -> 0, () -> 0);
        assertThat(registry.scrape())
                .doesNotContain("NaN")
                .contains("catrs_trainer_certified_accuracy{sigmas=\"0.5\"} 0.0");
        meters.began(new TrainingJob("job", "model", "digits", null, Map.of()));
        meters.step(1.5, 2, new SliceLoss(256, 512, 0, 0, 0));
        meters.certified(new double[] {0.3, 0.2, 0.1, -1}, 0.5);
        assertThat(registry.get("catrs.trainer.images.per.second").gauge().value())
                .isEqualTo(128);
        meters.stopped();
        assertThat(registry.scrape()).doesNotContain("NaN");
        assertThat(registry.get("catrs.trainer.images.per.second").gauge().value())
                .isZero();
        assertThat(registry.get("catrs.trainer.epoch").gauge().value()).isEqualTo(1.5);
        assertThat(registry.get("catrs.trainer.loss").gauge().value()).isEqualTo(2);
        assertThat(registry.get("catrs.trainer.certified.accuracy")
                        .tag("sigmas", "0.5")
                        .gauge()
                        .value())
                .isEqualTo(0.25);
        meters.began(new TrainingJob("another", "model", "digits", null, Map.of()));
        assertThat(registry.get("catrs.trainer.epoch").gauge().value()).isZero();
    }

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
