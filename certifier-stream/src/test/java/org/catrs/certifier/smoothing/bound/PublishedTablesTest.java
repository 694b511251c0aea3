// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Radii that a survey of sequential bounds computed with SciPy for sigma = 1, alpha = 0.001 and H = round(p n) votes, at
 * p = 0.6, 0.8, 0.95, 0.99, 0.999 and 1, to their printed digits.
 */
class PublishedTablesTest {
    private static final double ALPHA = 0.001;
    private static final double[] PROBABILITIES = {0.6, 0.8, 0.95, 0.99, 0.999, 1};

    @ParameterizedTest
    @CsvSource({
        "100, 0.000, 0.395, 1.014, 1.349, 1.500, 1.500",
        "1000, 0.128, 0.701, 1.440, 1.978, 2.358, 2.463",
        "10000, 0.214, 0.797, 1.580, 2.212, 2.819, 3.199",
        "100000, 0.241, 0.828, 1.624, 2.290, 3.000, 3.811"
    })
    void shouldGiveTheRadiiOfOneLook(
            long n, double at60, double at80, double at95, double at99, double at999, double at1) {
        assertRadii(p -> at(p, n, ALPHA), at60, at80, at95, at99, at999, at1);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 0.000, 0.260, 0.880, 1.237, 1.451, 1.451",
        "1000, 0.072, 0.643, 1.369, 1.893, 2.279, 2.428",
        "10000, 0.193, 0.775, 1.550, 2.170, 2.754, 3.170",
        "100000, 0.233, 0.819, 1.613, 2.273, 2.967, 3.787"
    })
    void shouldGiveTheRadiiOfTheTruncatedMixture(
            long n, double at60, double at80, double at95, double at99, double at999, double at1) {
        assertRadii(p -> MixtureBound.lowerBound(votes(p, n), n, ALPHA), at60, at80, at95, at99, at999, at1);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 0.000, 0.244, 0.840, 1.161, 1.321, 1.321",
        "1000, 0.069, 0.637, 1.352, 1.853, 2.192, 2.295",
        "10000, 0.192, 0.773, 1.544, 2.154, 2.707, 3.034",
        "100000, 0.233, 0.819, 1.611, 2.267, 2.948, 3.648"
    })
    void shouldGiveTheRadiiOfTheUncutMixture(
            long n, double at60, double at80, double at95, double at99, double at999, double at1) {
        DoubleUnaryOperator bound = p -> {
            long votes = votes(p, n);
            return root((double) votes / n, q -> MixtureBound.logMixture(0.5, 0.5, q, votes, n));
        };
        assertRadii(bound, at60, at80, at95, at99, at999, at1);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 0.000, 0.113, 0.687, 0.881, 1.023, 1.023",
        "1000, 0.013, 0.577, 1.258, 1.717, 1.923, 2.013",
        "10000, 0.192, 0.772, 1.543, 2.151, 2.697, 2.972",
        "100000, 0.231, 0.817, 1.608, 2.262, 2.932, 3.552"
    })
    void shouldGiveTheRadiiOfLooksAtPowersOfTwo(
            long n, double at60, double at80, double at95, double at99, double at999, double at1) {
        DoubleUnaryOperator bound = p -> IntStream.iterate(1, k -> 1L << k <= n, k -> k + 1)
                .mapToDouble(k -> at(p, 1L << k, ALPHA / (k * (k + 1))))
                .max()
                .orElseThrow();
        assertRadii(bound, at60, at80, at95, at99, at999, at1);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 0.000, 0.311, 0.908, 1.219, 1.353, 1.353",
        "1000, 0.110, 0.681, 1.412, 1.935, 2.292, 2.388",
        "10000, 0.208, 0.791, 1.570, 2.197, 2.786, 3.138",
        "100000, 0.240, 0.827, 1.623, 2.288, 2.995, 3.788"
    })
    void shouldGiveTheRadiiOfFourLooks(
            long n, double at60, double at80, double at95, double at99, double at999, double at1) {
        long[] looks = {100, 1000, 10_000, 100_000};
        double[] shares = {0.1, 0.2, 0.2, 0.5};
        DoubleUnaryOperator bound = p -> IntStream.range(0, 4)
                .filter(look -> looks[look] <= n)
                .mapToDouble(look -> at(p, looks[look], ALPHA * shares[look]))
                .max()
                .orElseThrow();
        assertRadii(bound, at60, at80, at95, at99, at999, at1);
    }

    @Test
    void shouldGiveTheRadiiOfLooksThatGrowByATenth() {
        DoubleUnaryOperator bound = p -> IntStream.iterate(11, k -> Math.pow(1.1, k) <= 100_000, k -> k + 1)
                .mapToDouble(
                        k -> at(p, (long) Math.ceil(Math.pow(1.1, k)), 5 * ALPHA / ((k - 10 + 4.0) * (k - 10 + 5.0))))
                .max()
                .orElseThrow();
        assertRadii(bound, 0.233, 0.818, 1.611, 2.267, 2.945, 3.600);
    }

    @Test
    void shouldGiveTheRadiiOfLooksThatGrowTenfold() {
        DoubleUnaryOperator bound = p -> IntStream.rangeClosed(1, 4)
                .mapToDouble(k -> at(p, 100 * (long) Math.pow(10, k - 1), ALPHA / (k * (k + 1))))
                .max()
                .orElseThrow();
        assertRadii(bound, 0.238, 0.824, 1.619, 2.281, 2.978, 3.721);
    }

    @Test
    void shouldGiveTheRadiusOfAnotherPrior() {
        double bound = root(0.99899, p -> MixtureBound.logEvidence(0.5, 1, p, 99_900, 100_000));

        assertThat(CertifiedRadius.of(1, bound)).isCloseTo(2.973, within(0.0005));
    }

    @ParameterizedTest
    @CsvSource({"0.25, 14, 15", "0.5, 19, 21", "1, 40, 44", "2, 301, 331", "3, 5114, 5627"})
    void shouldNeedTheFewestSamplesThatShowARadius(double radius, long atAlpha, long atHalfAlpha) {
        assertThat(fewest(radius, ALPHA)).isEqualTo(atAlpha);
        assertThat(fewest(radius, ALPHA / 2)).isEqualTo(atHalfAlpha);
    }

    private static long fewest(double radius, double alpha) {
        long n = 1;
        while (CertifiedRadius.of(1, ClopperPearson.lowerBound(n, n, alpha)) < radius) {
            n++;
        }
        return n;
    }

    private static void assertRadii(DoubleUnaryOperator bound, double... radii) {
        List<Double> found = DoubleStream.of(PROBABILITIES)
                .map(p -> CertifiedRadius.of(1, bound.applyAsDouble(p)))
                .boxed()
                .toList();
        for (int i = 0; i < radii.length; i++) {
            assertThat(found.get(i)).as("at p = %s", PROBABILITIES[i]).isCloseTo(radii[i], within(0.000501));
        }
    }

    private static double at(double p, long n, double alpha) {
        return ClopperPearson.lowerBound(votes(p, n), n, alpha);
    }

    private static long votes(double p, long n) {
        return Math.round(p * n);
    }

    /** Where the logarithm of the evidence, which falls up to the highest p, is that of 1/alpha. */
    private static double root(double highest, DoubleUnaryOperator logEvidence) {
        double low = 0;
        double high = highest;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (logEvidence.applyAsDouble(middle) >= -Math.log(ALPHA)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
