// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.catrs.tests.Metrics;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The alerts against a real service that gets digits first, and then what is no digit as the model knows them: with a
 * second for each minute of the rules' windows and waits, those fire that tell of it, and no others.
 */
@Tag("slow")
final class ShiftAlertsTest {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private static final Duration SETTLED = Duration.ofSeconds(15);

    @BeforeAll
    static void requirePrometheus() {
        assumeTrue(Prometheus.isInstalled(), "needs the prometheus of Debian's package of that name");
    }

    @ParameterizedTest
    @CsvSource({
        "UNIFORM_NOISE, CatrsLabelShift CatrsRadiusShift, ''",
        "BLACK, CatrsLabelShift CatrsRadiusShift, ''",
        // Few of these are certified, so that labels and radii take longer.
        "SHUFFLED_PIXELS, CatrsAbstentionShift CatrsMostAbstained, CatrsLabelShift CatrsRadiusShift"
    })
    void shouldFireForAShiftAndBeQuietBeforeIt(ImageSource source, String alerts, String later, @TempDir Path work)
            throws IOException, InterruptedException {
        try (WatchedService service = WatchedService.start(work, Rules.inSeconds())) {
            Prometheus prometheus = service.prometheus();
            await("the baseline is complete")
                    .atMost(LIMIT)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(() -> assertThat(answered(service)).isGreaterThan(2.0 * WatchedService.BASELINE));
            assertThat(firing(prometheus)).isEmpty();

            service.sendFrom(source);

            await("what should fire fires")
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(firing(prometheus)).contains(alerts.split(" ")));
            await("nothing else fires")
                    .during(SETTLED)
                    .atMost(SETTLED.multipliedBy(3))
                    .untilAsserted(() -> assertThat(firing(prometheus))
                            .contains(alerts.split(" "))
                            .isSubsetOf((alerts + " " + later).split(" ")));
            if (DashboardPicture.hindrance().isEmpty()) {
                DashboardPicture.draw("shift", prometheus, Duration.ofSeconds(90), work, "shift-" + source);
            }
        }
    }

    private static List<String> firing(Prometheus prometheus) throws IOException, InterruptedException {
        return prometheus.firing().stream()
                .filter(alert -> !Rules.OF_SPEED.contains(alert))
                .toList();
    }

    private static double answered(WatchedService service) throws IOException, InterruptedException {
        Metrics metrics = service.certifier().metrics();
        return metrics.sum("catrs_images_certified_total") + metrics.sum("catrs_images_abstained_total");
    }
}
