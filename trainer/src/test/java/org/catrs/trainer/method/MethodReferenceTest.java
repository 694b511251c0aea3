// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.catrs.trainer.method.MethodFixture.Outcome;
import org.catrs.trainer.method.hyperparameter.Hyperparameter;
import org.catrs.trainer.method.slice.SliceLoss;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Against PyTorch, which computes every pass that the methods leave out: src/test/python/method_reference.py. */
class MethodReferenceTest {
    private static final int[] POSITIONS = {0, 300, 505, 600, 25000, 25569, 25600, 40000, 51069, 51100, 52000, 52571};

    @ParameterizedTest(name = "{0} {2}")
    @CsvFileSource(resources = "method-reference.tsv", delimiter = '\t', numLinesToSkip = 1)
    void shouldAgreeWithPyTorch(
            String method,
            double scale,
            String settings,
            String hits,
            double base,
            double robust,
            double norm,
            double sum,
            String gradient) {
        try (MethodFixture fixture = new MethodFixture(scale)) {
            Outcome outcome = fixture.run(method(method, settings));

            assertHits(
                    outcome.loss(),
                    numbers(hits),
                    Integer.parseInt(values(settings).get("noises")));
            assertThat(outcome.loss().base() / 4).isCloseTo(base, within(1e-5 * base));
            assertThat(outcome.loss().robust() / 4).isCloseTo(robust, within(1e-4 * robust));
            assertThat(outcome.norm()).isCloseTo(norm, within(1e-4 * norm));
            assertThat(outcome.sum()).isCloseTo(sum, within(1e-3 * norm));
            double[] expected = numbers(gradient);
            for (int i = 0; i < POSITIONS.length; i++) {
                assertThat(outcome.gradient()[POSITIONS[i]])
                        .isCloseTo((float) expected[i], within((float) (1e-5 * norm)));
            }
        }
    }

    private static TrainingMethod method(String name, String settings) {
        MethodKind kind = MethodKind.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        return kind.create(values(settings), Hyperparameter.STANDARD_EPOCHS)
                .prepared((pretraining, sigma, votes) -> Optional.of(Wave.votes()))
                .orElseThrow();
    }

    private static Map<String, String> values(String settings) {
        return Pattern.compile(",")
                .splitAsStream(settings)
                .map(setting -> setting.split("="))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
    }

    private static void assertHits(SliceLoss loss, double[] hits, int noises) {
        assertThat(loss.images()).isEqualTo(hits.length);
        assertThat(loss.correct() * noises).isEqualTo(DoubleStream.of(hits).sum());
        assertThat(loss.confident())
                .isEqualTo(
                        DoubleStream.of(hits).filter(count -> count == noises).count());
    }

    private static double[] numbers(String list) {
        return Pattern.compile(",")
                .splitAsStream(list)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
