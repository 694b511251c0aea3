// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.catrs.certifier.network.options.ExecutionProvider;
import org.catrs.certifier.smoothing.BaseClassifier;
import org.catrs.certifier.smoothing.PlanRequest;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.smoothing.bound.CertifiedRadius;
import org.catrs.certifier.smoothing.bound.ClopperPearson;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.certifier.stream.outcome.CertifiedPredictions;
import org.catrs.certifier.stream.seed.SeedSource;
import org.catrs.certifier.stream.topology.CertifierMeters;
import org.catrs.certifier.stream.topology.CertifierRegistry;
import org.catrs.certifier.stream.topology.ImageCertifier;
import org.catrs.certifier.stream.topology.PlanPolicy;
import org.catrs.console.view.Tile.Outcome;
import org.catrs.console.view.Trials;
import org.catrs.console.view.Trials.Progress;
import org.catrs.console.view.Trials.Request;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.image.ImageLimits;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.image.RawTensor;
import org.junit.jupiter.api.Test;

class ModelTrialsTest {
    private static final ImageShape SHAPE = new ImageShape(1, 4, 4);
    private static final byte[] IMAGE = RawTensor.encode(ImageTensor.of(SHAPE, new byte[16]));
    private static final SmoothingParameters PARAMETERS =
            new SmoothingParameters(0.5, 0.001, 100, 1000, NoiseKind.DISCRETE);

    private final CertifierMeters meters = new CertifierMeters(new SimpleMeterRegistry(), ExecutionProvider.AUTO);
    private final CertifierRegistry registry = new CertifierRegistry("standard", meters);
    private final ModelTrials trials = new ModelTrials(
            new ConsoleModels(() -> registry), new ImageLimits(1 << 10, 1 << 10), Trials.Access.LOOPBACK);
    private final List<Progress> told = new ArrayList<>();

    @Test
    void shouldOfferTheModelsThatAreServedNow() {
        assertThat(trials.models()).isEmpty();
        serve(9);
        assertThat(trials.models()).containsExactly(new Trials.Model("standard", "1", 0.5, 1, 4, 4, List.of("a", "b")));
        assertThat(new ModelTrials(new ConsoleModels(() -> null), new ImageLimits(1, 1), Trials.Access.OFF).models())
                .isEmpty();
    }

    @Test
    void shouldTellOfEachStepAndEndWithAllSamples() {
        serve(9);
        trials.certify(IMAGE, new Request("standard", 20_000, 0.001, null), told::add);
        Progress last = told.get(told.size() - 1);
        assertThat(last.isDone()).isTrue();
        assertThat(last.n()).isEqualTo(20_000);
        assertThat(last.outcome()).isEqualTo(Outcome.CERTIFIED);
        assertThat(last.candidate()).isEqualTo(1);
        assertThat(last.stop()).isEqualTo("ALL_SAMPLES");
        assertThat(told.subList(0, told.size() - 1))
                .allSatisfy(progress -> assertThat(progress.isDone()).isFalse());
        assertThat(told).isSortedAccordingTo((one, other) -> Long.compare(one.n(), other.n()));
        assertThat(told).isSortedAccordingTo((one, other) -> Double.compare(one.lowerBound(), other.lowerBound()));
    }

    @Test
    void shouldShowNoRadiusAboveTheOneThatAllSamplesCouldShow() {
        serve(9);
        trials.certify(IMAGE, new Request("standard", 10_000, 0.001, null), told::add);
        for (Progress progress : told) {
            double bound = ClopperPearson.upperBound(progress.votes().get(1), progress.n(), 0.001);
            assertThat(progress.lowerBound()).isLessThan(bound);
            assertThat(new BigDecimal(progress.radius()))
                    .isLessThanOrEqualTo(new BigDecimal(CertifiedRadius.of(0.5, progress.lowerBound())));
        }
    }

    @Test
    void shouldEndWhenTheTargetIsReached() {
        serve(9);
        trials.certify(IMAGE, new Request("standard", 100_000, 0.001, 0.25), told::add);
        Progress last = told.get(told.size() - 1);
        assertThat(last.stop()).isEqualTo("TARGET_REACHED");
        assertThat(last.n()).isLessThan(10_000);
        assertThat(last.radius()).isGreaterThanOrEqualTo(0.25);
    }

    @Test
    void shouldSayWhatACertificateCosts() {
        serve(9);
        Trials.Cost cost =
                trials.cost(new Request("standard", 10_000, 0.001, 0.5)).orElseThrow();
        assertThat(cost.largestRadius()).isBetween(1.4, 1.7);
        // That many votes for one class show 0.5 by Clopper and Pearson, too, and a bound at all numbers needs more.
        double least = Math.log(0.001) / Math.log(0.8413447460685429);
        assertThat(cost.leastSamples()).isBetween((long) least, 4 * (long) least);
        assertThat(trials.cost(new Request("standard", 100, 0.001, 3.0))
                        .orElseThrow()
                        .leastSamples())
                .isNull();
        assertThat(trials.cost(new Request("other", 100, 0.001, null))).isEmpty();
    }

    @Test
    void shouldRefuseWhatTheModelDoesNotTake() {
        serve(9);
        byte[] other = RawTensor.encode(ImageTensor.of(new ImageShape(1, 2, 2), new byte[4]));
        assertThatThrownBy(() -> trials.certify(other, new Request("standard", 100, 0.001, null), told::add))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("4 x 4");
        assertThatThrownBy(() -> trials.certify(IMAGE, new Request("other", 100, 0.001, null), told::add))
                .isInstanceOf(InvalidDataException.class);
        assertThatThrownBy(() -> trials.certify(IMAGE, new Request("standard", 100, 0.7, null), told::add))
                .isInstanceOf(InvalidDataException.class);
        assertThatThrownBy(() -> trials.ball(IMAGE, "standard", 2, 0.5)).isInstanceOf(InvalidDataException.class);
        assertThatThrownBy(() -> trials.ball(IMAGE, "standard", 1, Double.NaN))
                .isInstanceOf(InvalidDataException.class);
    }

    @Test
    void shouldLookIntoTheBall() {
        serve(9);
        Trials.Ball ball = trials.ball(IMAGE, "standard", 1, 0.5);
        assertThat(ball.size()).isLessThanOrEqualTo(0.5);
        assertThat(ball.copies()).hasSize(5);
        assertThat(ball.votes().get(1)).isGreaterThan(ball.n() / 2);
    }

    /** @param tenths of the samples that vote for class 1 */
    private void serve(int tenths) {
        CertifiedPredictions writer = new CertifiedPredictions(
                new CertifiedPrediction.Model("standard", "1", "ab".repeat(32)),
                new CertifiedPrediction.Engine("cpu", "fp32", "fake", "1", null),
                CertifiedPrediction.Independence.PROVED,
                List.of("a", "b"));
        PlanPolicy plans = new PlanPolicy(PlanRequest.NONE, Duration.ofSeconds(60), StopCondition.NEVER);
        registry.put(
                new ImageCertifier(
                        new Tenths(tenths),
                        writer,
                        plan -> PARAMETERS,
                        SeedSource.of(null),
                        plans,
                        new ImageLimits(1 << 10, 1 << 10)),
                () -> {});
    }

    private record Tenths(int tenths) implements BaseClassifier {
        @Override
        public ImageShape inputShape() {
            return SHAPE;
        }

        @Override
        public int classes() {
            return 2;
        }

        @Override
        public ClassCounts count(
                ImageTensor image, SmoothingParameters parameters, Seed seed, Phase phase, long first, long samples) {
            long[] votes = new long[2];
            for (long sample = first; sample < first + samples; sample++) {
                votes[Math.floorMod(sample * 7, 10) < tenths ? 1 : 0]++;
            }
            return new ClassCounts(votes, samples);
        }
    }
}
