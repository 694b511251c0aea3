// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.catrs.certifier.network.options.ExecutionProvider;
import org.catrs.certifier.stream.intake.RejectionReason;
import org.catrs.certifier.stream.release.ReleaseMeters;
import org.catrs.certifier.stream.service.StreamMeters;
import org.catrs.certifier.stream.topology.CertifierMeters;
import org.catrs.console.MachineMetrics;
import org.catrs.console.ServiceMetric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceCommandTest {
    /** These are there once there is a model. */
    private static final Set<ServiceMetric> OF_MODELS = Set.of(
            ServiceMetric.ANSWER,
            ServiceMetric.BASELINE_ABSTAINED_SHARE,
            ServiceMetric.BASELINE_IMAGES,
            ServiceMetric.BASELINE_LABEL_SHARE,
            ServiceMetric.BATCH_SLOTS,
            ServiceMetric.BATCH_SLOTS_USED,
            ServiceMetric.BATCH_WAIT,
            ServiceMetric.CERTIFICATION,
            ServiceMetric.DECODE,
            ServiceMetric.HELD,
            ServiceMetric.LABELS,
            ServiceMetric.LATENCY,
            ServiceMetric.LOWER_BOUND,
            ServiceMetric.MODEL_INFO,
            ServiceMetric.MODEL_PROVIDER_FALLBACK,
            ServiceMetric.QUEUE,
            ServiceMetric.RADIUS,
            ServiceMetric.SAMPLES,
            ServiceMetric.SHIFT,
            ServiceMetric.SHIFTS_BEGUN);

    private static final Set<String> OF_THE_PROCESS = Stream.of(
                    ServiceMetric.RESIDENT_MEMORY,
                    ServiceMetric.OPEN_FILES,
                    ServiceMetric.MOST_OPEN_FILES,
                    ServiceMetric.NATIVE_THREADS)
            .map(ServiceMetric::prometheusName)
            .collect(Collectors.toSet());

    /** These are there once there is a GPU. */
    private static final Set<ServiceMetric> OF_GPUS = Set.of(ServiceMetric.GPU_MEMORY, ServiceMetric.GPU_UTILIZATION);

    @ParameterizedTest
    @CsvSource({
        "rejections, certifier-stream/REJECTIONS.md",
        "topics, schemas/TOPICS.md",
        "metrics, monitoring/METRICS.md"
    })
    void shouldPrintTheCommittedPage(String name, String page) throws IOException {
        assertThat(Files.readString(Path.of("..").resolve(page)))
                .as("run deploy/catrs reference " + name + " --markdown >" + page)
                .isEqualTo(CommandRun.of(new ReferenceCommand(), name, "--markdown")
                        .out());
    }

    @Test
    void shouldTellEachReasonOfARejection() {
        assertThat(CommandRun.of(new ReferenceCommand(), "rejections").out())
                .contains(Arrays.stream(RejectionReason.values())
                        .map(RejectionReason::name)
                        .toList());
    }

    @Test
    void shouldRefuseAnUnknownName() {
        CommandRun run = CommandRun.of(new ReferenceCommand(), "reasons");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("one of metrics, rejections, topics").contains("found 'reasons'");
    }

    @Test
    void shouldListTheMetricsThatTheCertifierServes() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new CertifierMeters(registry, ExecutionProvider.AUTO);
        new StreamMeters(registry);
        new ReleaseMeters(registry);
        MachineMetrics.bindTo(registry).close();

        List<String> served = registry.scrape()
                .lines()
                .filter(line -> line.startsWith("# TYPE ") && !line.contains("_max "))
                .map(line -> line.substring("# TYPE ".length()))
                .filter(type -> type.startsWith("catrs_") || OF_THE_PROCESS.contains(type.replaceFirst(" .*", "")))
                .toList();

        assertThat(served)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ServiceMetric.values())
                        .filter(metric -> !metric.meter().startsWith("catrs.trainer"))
                        .filter(metric -> !OF_MODELS.contains(metric) && !OF_GPUS.contains(metric))
                        .map(metric -> metric.prometheusName() + " " + metric.type())
                        .toList());
    }
}
