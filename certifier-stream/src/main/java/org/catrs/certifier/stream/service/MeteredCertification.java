// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.catrs.console.CertificationReport;
import org.catrs.console.ServiceMetric;

/** What the certifier's page shows, from the meters that its metrics come from. */
final class MeteredCertification implements CertificationReport {
    private final MeterRegistry registry;

    MeteredCertification(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Figures now() {
        long certified = count(ServiceMetric.IMAGES_CERTIFIED);
        long abstained = count(ServiceMetric.IMAGES_ABSTAINED);
        long rejected = count(ServiceMetric.IMAGES_REJECTED);
        // Received is read last: an image is counted there first, and none is then answered that was not received.
        return new Figures(count(ServiceMetric.IMAGES_RECEIVED), certified, abstained, rejected, models());
    }

    private long count(ServiceMetric metric) {
        return Math.round(registry.find(metric.meter()).counters().stream()
                .mapToDouble(Counter::count)
                .sum());
    }

    private List<ServedModel> models() {
        return registry.find(ServiceMetric.MODEL_INFO.meter()).gauges().stream()
                .map(gauge -> {
                    List<String> labels = Stream.of("name", "version", "sha256")
                            .map(label -> Objects.requireNonNull(gauge.getId().getTag(label), label))
                            .toList();
                    return new ServedModel(labels.get(0), labels.get(1), labels.get(2));
                })
                .sorted(Comparator.comparing(ServedModel::name).thenComparing(ServedModel::version))
                .toList();
    }
}
