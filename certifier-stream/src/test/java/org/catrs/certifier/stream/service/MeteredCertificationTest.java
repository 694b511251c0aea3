// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.catrs.certifier.stream.topology.CertifierMeters;
import org.catrs.console.CertificationReport.Figures;
import org.catrs.console.CertificationReport.ServedModel;
import org.catrs.console.ServiceMetric;
import org.junit.jupiter.api.Test;

class MeteredCertificationTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MeteredCertification certification = new MeteredCertification(registry);

    @Test
    void shouldBeginWithNothing() {
        assertThat(certification.now()).isEqualTo(new Figures(0, 0, 0, 0, List.of()));
        CertifierMeters unused = new CertifierMeters(registry);
        assertThat(certification.now()).isEqualTo(new Figures(0, 0, 0, 0, List.of()));
    }

    @Test
    void shouldSayWhatTheMetricsSay() {
        ServiceMetric.IMAGES_RECEIVED.counter(registry).increment(9);
        ServiceMetric.IMAGES_CERTIFIED.counter(registry).increment(4);
        ServiceMetric.IMAGES_ABSTAINED.counter(registry).increment(1);
        ServiceMetric.IMAGES_REJECTED
                .counter(registry, "decode", "CORRUPT_IMAGE")
                .increment(2);
        ServiceMetric.IMAGES_REJECTED.counter(registry, "accept", "TOO_LARGE").increment(1);
        ServiceMetric.MODEL_INFO
                .multiGauge(registry)
                .register(List.of(model("letters", "1", "cd"), model("digits", "2", "ab")), true);
        Figures figures = certification.now();
        assertThat(figures)
                .isEqualTo(new Figures(
                        9,
                        4,
                        1,
                        3,
                        List.of(new ServedModel("digits", "2", "ab"), new ServedModel("letters", "1", "cd"))));
        assertThat(figures.atHand()).isEqualTo(1);
    }

    private static MultiGauge.Row<Number> model(String name, String version, String sha256) {
        return MultiGauge.Row.of(ServiceMetric.MODEL_INFO.tags(name, version, sha256, "cpu", "fp32"), 1);
    }
}
