// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelCountersTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final LabelCounters labels = new LabelCounters(registry, "m", "1");

    @Test
    void shouldShowAllClassesOfAModelOfFewAtZero() {
        labels.begin(3, List.of("cat", "dog"));
        assertThat(shown()).containsOnly(Map.entry("0 cat", 0.0), Map.entry("1 dog", 0.0), Map.entry("2 2", 0.0));
        labels.add(1, "dog");
        assertThat(shown()).containsEntry("1 dog", 1.0).hasSize(3);
    }

    /** Of 1,000 classes, ten come first after hundreds that are rare, and are most of what comes from then on. */
    @Test
    void shouldGiveTheMostFrequentOfManyClassesASeriesEach() {
        labels.begin(1_000, List.of());
        IntStream.range(10, 1_000).forEach(label -> labels.add(label, null));
        SplittableRandom random = new SplittableRandom(1);
        for (int image = 0; image < 5_000; image++) {
            labels.add(random.nextInt(10), null);
        }
        assertThat(shown()).hasSize(101);
        for (int label = 0; label < 10; label++) {
            // About 500 of each were seen; the first three only brought it to the front.
            assertThat(shown().get(label + " " + label)).isBetween(400.0, 600.0);
        }
        assertThat(shown().values().stream().mapToDouble(count -> count).sum())
                .as("what leaves the front takes its count with it")
                .isBetween(5_900.0, 5_990.0);
    }

    @Test
    void shouldNeverLetASeriesGoDownWhileItIsShown() {
        Map<String, Double> before = new HashMap<>();
        SplittableRandom random = new SplittableRandom(2);
        labels.begin(300, List.of());
        for (int image = 0; image < 20_000; image++) {
            labels.add((int) (300 * Math.pow(random.nextDouble(), 1 + image / 5_000)), null);
            if (image % 100 == 0) {
                Map<String, Double> now = shown();
                before.keySet().retainAll(now.keySet());
                before.forEach(
                        (label, count) -> assertThat(now.get(label)).as(label).isGreaterThanOrEqualTo(count));
                before.putAll(now);
                assertThat(now).hasSizeLessThanOrEqualTo(101);
            }
        }
    }

    @Test
    void shouldLeaveNothingBehind() {
        labels.begin(300, List.of());
        IntStream.range(0, 300).forEach(label -> labels.add(label, null));
        labels.forget();
        assertThat(registry.getMeters()).isEmpty();
    }

    private Map<String, Double> shown() {
        Map<String, Double> shown = new HashMap<>();
        for (Counter counter : registry.find("catrs.labels").counters()) {
            shown.put(counter.getId().getTag("label") + " " + counter.getId().getTag("class"), counter.count());
        }
        return shown;
    }
}
