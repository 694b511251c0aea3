// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.catrs.trainer.method.MethodFixture.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Against PyTorch, which computes every pass that CatRs leaves out: src/test/python/cat_rs_reference.py. */
class CatRsReferenceTest {
    private static final int[] POSITIONS = {0, 300, 505, 600, 25000, 25569, 25600, 40000, 51069, 51100, 52000, 52571};

    @ParameterizedTest
    @CsvFileSource(resources = "cat-rs-reference.tsv", delimiter = '\t', numLinesToSkip = 1)
    void shouldAgreeWithPyTorch(
            double scale,
            int noises,
            double epsilon,
            int steps,
            double lambda,
            double p0,
            int k,
            String hits,
            double low,
            double high,
            double norm,
            double sum,
            String gradient) {
        MethodSettings settings = new MethodSettings(
                CatRs.HYPERPARAMETERS,
                Map.of(
                        "noises", Integer.toString(noises),
                        "lambda", Double.toString(lambda),
                        "p0", Double.toString(p0),
                        "epsilon", Double.toString(epsilon),
                        "pgd-steps", Integer.toString(steps)),
                1);
        BinomialDraw draw = (trials, p, random) -> p == 0 ? 0 : p == 1 ? trials : k;
        double[] expectedHits = numbers(hits);
        try (MethodFixture fixture = new MethodFixture(scale)) {
            Outcome outcome = fixture.run(new CatRs(settings, draw));

            assertThat(outcome.loss().images()).isEqualTo(4);
            assertThat(outcome.loss().correct() * noises)
                    .isEqualTo(DoubleStream.of(expectedHits).sum());
            assertThat(outcome.loss().confident())
                    .isEqualTo(DoubleStream.of(expectedHits)
                            .filter(h -> h == noises)
                            .count());
            assertThat(outcome.loss().base() / 4).isCloseTo(low, within(1e-5 * low));
            assertThat(outcome.loss().robust() / 4).isCloseTo(high, within(1e-4 * high));
            assertThat(outcome.norm()).isCloseTo(norm, within(1e-4 * norm));
            assertThat(outcome.sum()).isCloseTo(sum, within(1e-3 * norm));
            double[] values = numbers(gradient);
            for (int i = 0; i < POSITIONS.length; i++) {
                assertThat(outcome.gradient()[POSITIONS[i]])
                        .isCloseTo((float) values[i], within((float) (1e-5 * norm)));
            }
        }
    }

    private static double[] numbers(String list) {
        return Pattern.compile(",")
                .splitAsStream(list)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
