// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.catrs.certifier.evaluation.charts.ChartStyle;
import org.catrs.certifier.evaluation.charts.PlotFile;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothedClassifier;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.smoothing.bound.MixtureBound;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.event.Sampling.Stop;
import org.catrs.schemas.image.ImageTensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * How often each plan's bound exceeds the truth, over a grid of true probabilities, with an alpha large enough that it
 * happens. The curves are drawn to target/plans/coverage.png.
 */
@Tag("slow")
class PlanCoverageTest {
    private static final double ALPHA = 0.05;
    private static final int CERTIFICATES = 1_000;
    private static final List<Double> PROBABILITIES = List.of(0.51, 0.6, 0.69, 0.77, 0.84, 0.9, 0.95, 0.99);
    private static final SmoothingParameters PARAMETERS =
            new SmoothingParameters(1, ALPHA, 20, 1_000, NoiseKind.DISCRETE);

    @Test
    void shouldBeWrongNoMoreOftenThanAlpha() throws IOException {
        SamplingPlan deadline = new SamplingPlan.Deadline(Duration.ofDays(1), null);
        Map<String, List<Double>> curves = new LinkedHashMap<>();
        curves.put("fixed", rates(new SamplingPlan.Fixed(), false));
        curves.put("adaptive, target radius 0.5", rates(new SamplingPlan.TargetRadius(0.5), false));
        curves.put("adaptive, target radius 1", rates(new SamplingPlan.TargetRadius(1), false));
        curves.put("adaptive, 0.9 of the radius", rates(new SamplingPlan.RadiusFraction(0.9), false));
        curves.put("deadline, all samples", rates(deadline, false));
        curves.put("deadline, stopped by an adversary", rates(deadline, true));

        draw(curves);
        // More wrong ones than this have probability 0.0001 if each is wrong with probability alpha.
        int most = BinomialDistribution.of(CERTIFICATES, ALPHA).inverseSurvivalProbability(0.0001);
        assertThat(curves).allSatisfy((plan, rates) -> assertThat(rates).allMatch(rate -> rate * CERTIFICATES <= most));
        assertThat(curves.get("fixed"))
                .as("a simulation that finds no error shows nothing")
                .anyMatch(rate -> rate > 0);
    }

    private static List<Double> rates(SamplingPlan plan, boolean adversarial) {
        List<Double> rates = new ArrayList<>();
        for (double probability : PROBABILITIES) {
            int wrong = 0;
            Adversary base = new Adversary(probability);
            SmoothedClassifier smoothed = new SmoothedClassifier(base, PARAMETERS);
            for (int i = 0; i < CERTIFICATES; i++) {
                base.reset(probability, i);
                double bound = smoothed.certify(
                                BinomialClassifier.IMAGE,
                                new Seed(0, 0),
                                plan,
                                adversarial ? base : StopCondition.NEVER)
                        .evidence()
                        .probabilityLowerBound();
                wrong += bound > probability ? 1 : 0;
            }
            rates.add((double) wrong / CERTIFICATES);
        }
        return rates;
    }

    private static void draw(Map<String, List<Double>> curves) throws IOException {
        XYChart chart = ChartStyle.chart("true probability", "bounds above the truth (%)", curves.size() + 1);
        chart.getStyler().setYAxisMin(0.0);
        int index = 0;
        for (Map.Entry<String, List<Double>> curve : curves.entrySet()) {
            XYSeries series = chart.addSeries(
                    curve.getKey(),
                    PROBABILITIES,
                    curve.getValue().stream().map(rate -> 100 * rate).toList());
            series.setMarker(SeriesMarkers.CIRCLE);
            series.setMarkerColor(ChartStyle.colour(index));
            series.setLineColor(ChartStyle.colour(index));
            index++;
        }
        chart.addSeries(
                        "alpha",
                        PROBABILITIES,
                        PROBABILITIES.stream().map(p -> 100 * ALPHA).toList())
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(Color.BLACK);
        Path folder = Path.of("target", "plans");
        Files.createDirectories(folder);
        PlotFile.write(chart, folder.resolve("coverage.png"));
    }

    /** Knows the truth and all votes, and stops as soon as the certificate would be wrong. */
    private static final class Adversary extends BinomialClassifier implements StopCondition {
        private final double probability;
        private ClassCounts seen = ClassCounts.none(2);

        Adversary(double probability) {
            this.probability = probability;
        }

        @Override
        void reset(double newProbability, long seed) {
            super.reset(newProbability, seed);
            seen = ClassCounts.none(2);
        }

        @Override
        public ClassCounts count(
                ImageTensor image, SmoothingParameters parameters, Seed seed, Phase phase, long first, long samples) {
            ClassCounts counts = super.count(image, parameters, seed, phase, first, samples);
            if (phase.equals(Phase.ESTIMATION)) {
                seen = seen.plus(counts);
            }
            return counts;
        }

        @Override
        public Stop check() {
            return MixtureBound.lowerBound(seen.of(0), seen.samples(), 0.875 * ALPHA) > probability
                    ? Stop.SHUTDOWN
                    : null;
        }
    }
}
