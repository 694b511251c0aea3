// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dashboards and rules against the real Prometheus, which scrapes a healthy certifier at work. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MonitoringTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PAST = Duration.ofSeconds(60);

    private WatchedService service;

    @BeforeAll
    void startAndSendImages(@TempDir Path work) throws IOException {
        assumeTrue(Prometheus.isInstalled(), "needs the prometheus of Debian's package of that name");
        service = WatchedService.start(work, Files.readString(Rules.FILE));
    }

    @AfterAll
    void stop() {
        if (service != null) {
            service.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"certification", "shift", "fleet"})
    void shouldShowSomethingInEveryPanelOfAHealthyService(String dashboard, @TempDir Path work)
            throws IOException, InterruptedException {
        service.prometheus().awaitAnswers(dashboard);
        String hindrance = DashboardPicture.hindrance().orElse("");
        assumeTrue(hindrance.isEmpty(), hindrance);
        // A rate has its first values after some scrapes.
        await().atMost(LIMIT)
                .untilAsserted(() -> DashboardPicture.draw(dashboard, service.prometheus(), PAST, work, dashboard));
    }

    @Test
    void shouldFindAQueryThatHasNoAnswer() throws IOException, InterruptedException {
        Prometheus prometheus = service.prometheus();
        assertThat(prometheus.problemOf("catrs_images_mislaid_total")).contains("no series");
        assertThat(prometheus.problemOf("vector(0) / 0")).get().asString().startsWith("NaN");
        assertThat(prometheus.problemOf("sum(")).get().asString().contains("parse error");
    }

    @Test
    void shouldEvaluateEveryRuleWithoutErrorAndWithoutAlert() {
        await().atMost(LIMIT).untilAsserted(() -> {
            List<JsonNode> rules = service.prometheus().rules();
            assertThat(rules)
                    .extracting(rule -> rule.path("health").asText())
                    .as(rules.toString())
                    .containsOnly("ok");
            List<JsonNode> alerts = rules.stream()
                    .filter(rule -> rule.path("type").asText().equals("alerting"))
                    .toList();
            assertThat(alerts).hasSameSizeAs(Rules.alerts());
            assertThat(alerts)
                    .filteredOn(alert -> !alert.path("state").asText().equals("inactive"))
                    .extracting(alert -> alert.path("name").asText())
                    .allMatch(Rules.OF_SPEED::contains);
        });
    }
}
