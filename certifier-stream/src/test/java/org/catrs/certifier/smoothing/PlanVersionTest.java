// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.catrs.certifier.smoothing.bound.ClopperPearson;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.Sampling;
import org.catrs.schemas.event.Sampling.Attempt;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.json.JsonRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlanVersionTest {
    private static final int TRIALS = 5_000;
    private static final SmoothingParameters PARAMETERS =
            new SmoothingParameters(0.5, 0.001, 100, 100_000, NoiseKind.DISCRETE);
    private static final SmoothedClassifier MISLED =
            new SmoothedClassifier(new Misled(new KnownClassifier(0.2, 0.75, 0.05)), PARAMETERS);
    private static final SamplingPlan.Deadline WITH_RADIUS = new SamplingPlan.Deadline(Duration.ofHours(1), 0.25);

    @Test
    void shouldDrawEachAttemptFromAPhaseOfItsOwn() {
        assertThat(PlanVersion.CURRENT.phase(0)).isEqualTo(Phase.ESTIMATION);
        assertThat(PlanVersion.CURRENT.phase(3)).isEqualTo(new Phase(4));
        assertThat(PlanVersion.CURRENT.writtenPhase(3)).isEqualTo(4);
        assertThat(PlanVersion.CURRENT.firstSample(1000)).isZero();
    }

    @Test
    void shouldShareTheFailureProbabilityAmongTheCandidatesThatATargetCouldChoose() {
        // The first candidate is the selection's choice, whatever the target is.
        assertThat(PlanVersion.CURRENT.alpha(0.001, 0, 10)).isCloseTo(0.000875, within(1e-18));
        assertThat(PlanVersion.CURRENT.alpha(0.001, 1, 10)).isCloseTo(0.0000109375, within(1e-18));
        assertThat(PlanVersion.CURRENT.alpha(0.001, 2, 10)).isCloseTo(0.0000013671875, within(1e-18));
        assertThat(PlanVersion.SHARED_PHASE.alpha(0.001, 1, 10)).isCloseTo(0.000109375, within(1e-18));
    }

    /** Each attempt is certified by one look at 64 samples of a class of probability 0.8, wherever the one before ended. */
    @Test
    void shouldNotFalselyCertifyAnAttemptMoreOftenWhenSomebodyChoosesWhereItBegins() {
        double own = rateOfFalseAttempts(PlanVersion.CURRENT);
        double shared = rateOfFalseAttempts(PlanVersion.SHARED_PHASE);

        // More of them have probability 0.001 if each attempt is wrong with probability at most its share.
        double share = PlanVersion.CURRENT.alpha(0.4, 1, 2);
        assertThat(own * TRIALS)
                .isLessThanOrEqualTo(BinomialDistribution.of(TRIALS, share).inverseSurvivalProbability(0.001))
                .isPositive();
        assertThat(shared)
                .as("in a phase that attempts share, a choice among ten boundaries finds what the share does not allow")
                .isGreaterThan(2 * PlanVersion.SHARED_PHASE.alpha(0.4, 1, 2));
    }

    private static double rateOfFalseAttempts(PlanVersion version) {
        KnownClassifier classifier = new KnownClassifier(0.8, 0.2);
        double share = version.alpha(0.4, 1, classifier.classes());
        long wrong = LongStream.range(0, TRIALS)
                .filter(trial -> LongStream.rangeClosed(1, 10)
                        .map(boundary -> classifier
                                .count(
                                        KnownClassifier.IMAGE,
                                        PARAMETERS,
                                        new Seed(trial, 5),
                                        version.phase(1),
                                        version.firstSample(32 * boundary),
                                        64)
                                .of(0))
                        .anyMatch(count -> ClopperPearson.lowerBound(count, 64, share) > 0.8))
                .count();
        return (double) wrong / TRIALS;
    }

    /** version2.tsv was written by the release before phases: plan, lower bound and sampling of each certificate. */
    @ParameterizedTest
    @EnumSource(names = {"ADAPTIVE", "DEADLINE"})
    void shouldMakeCertificatesOfVersion2Again(SamplingPlan.Kind kind) throws Exception {
        List<String[]> rows =
                rows().stream().filter(row -> row[0].equals(kind.toString())).toList();
        assertThat(rows).isNotEmpty();
        for (String[] row : rows) {
            Sampling sampling = JsonRecords.fromTree((ObjectNode) new JsonMapper().readTree(row[3]), Sampling.class);

            Evidence again = MISLED.repeat(KnownClassifier.IMAGE, new Seed(11, 12), kind, sampling)
                    .evidence();

            assertThat(again.sampling()).isEqualTo(sampling);
            assertThat(again.sampling().attempts()).hasSize(2).allMatch(attempt -> attempt.phase() == null);
            assertThat(again.probabilityLowerBound()).isEqualTo(Double.parseDouble(row[2]));
        }
    }

    @ParameterizedTest
    @EnumSource(SamplingPlan.Kind.class)
    void shouldTellFromTheFirstAttemptWhichRulesItFollows(SamplingPlan.Kind kind) {
        SamplingPlan plan = kind == SamplingPlan.Kind.FIXED
                ? new SamplingPlan.Fixed()
                : kind == SamplingPlan.Kind.ADAPTIVE ? new SamplingPlan.TargetRadius(0.25) : WITH_RADIUS;

        Sampling sampling = MISLED.certify(KnownClassifier.IMAGE, new Seed(1, 2), plan, StopCondition.NEVER)
                .evidence()
                .sampling();

        assertThat(PlanVersion.of(sampling)).isEqualTo(PlanVersion.CURRENT);
        assertThat(sampling.attempts().get(0).phase()).isEqualTo(1);
    }

    @Test
    void shouldGoOnWithACertificateOfVersion2ByItsOwnRules() throws Exception {
        Sampling sampling =
                JsonRecords.fromTree((ObjectNode) new JsonMapper().readTree(rows().get(2)[3]), Sampling.class);
        Evidence earlier = MISLED.repeat(KnownClassifier.IMAGE, new Seed(11, 12), SamplingPlan.Kind.DEADLINE, sampling)
                .evidence();

        Sampling more = MISLED.resume(KnownClassifier.IMAGE, earlier, WITH_RADIUS, StopCondition.NEVER)
                .evidence()
                .sampling();

        assertThat(more.attempts()).extracting(Attempt::phase).containsOnlyNulls();
        assertThat(more.last().looks()).startsWith(sampling.last().looks().toArray(Sampling.Look[]::new));
        assertThat(more.samples()).isGreaterThan(sampling.samples());
    }

    @Test
    void shouldNotGoOnAfterARestartToWhatWouldNotHaveRestarted() {
        Evidence earlier = MISLED.certify(KnownClassifier.IMAGE, new Seed(1, 2), WITH_RADIUS, StopCondition.NEVER)
                .evidence();
        assertThat(earlier.sampling().attempts()).hasSize(2);

        assertThatThrownBy(() -> MISLED.resume(
                        KnownClassifier.IMAGE,
                        earlier,
                        new SamplingPlan.Deadline(Duration.ofHours(1), 0.5),
                        StopCondition.NEVER))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("to its own target radius and n alone")
                .hasMessageContaining("found radius 0.25 and n 100000, here are 0.5 and 100000");
        assertThatThrownBy(() -> new SmoothedClassifier(
                                new Misled(new KnownClassifier(0.2, 0.75, 0.05)), PARAMETERS.withN(200_000))
                        .resume(KnownClassifier.IMAGE, earlier, WITH_RADIUS, StopCondition.NEVER))
                .hasMessageContaining("here are 0.25 and 200000");
    }

    @Test
    void shouldNotGoOnToFewerSamplesThanThereAre() {
        SamplingPlan.Deadline plan = new SamplingPlan.Deadline(Duration.ofHours(1), null);
        SmoothedClassifier classifier = new SmoothedClassifier(new KnownClassifier(0.9, 0.1), PARAMETERS.withN(1000));
        Evidence earlier = classifier
                .certify(KnownClassifier.IMAGE, new Seed(1, 2), plan, StopCondition.NEVER)
                .evidence();

        assertThatThrownBy(() -> new SmoothedClassifier(new KnownClassifier(0.9, 0.1), PARAMETERS.withN(999))
                        .resume(KnownClassifier.IMAGE, earlier, plan, StopCondition.NEVER))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("the certificate has 1000 samples, more than n = 999 to which it is to be gone on with");
    }

    private static List<String[]> rows() throws Exception {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                PlanVersionTest.class.getResourceAsStream("version2.tsv"), StandardCharsets.UTF_8))) {
            return lines.lines().map(line -> line.split("\t")).toList();
        }
    }

    /** Its selection chooses the first class. */
    private record Misled(BaseClassifier classifier) implements BaseClassifier {
        @Override
        public ImageShape inputShape() {
            return classifier.inputShape();
        }

        @Override
        public int classes() {
            return classifier.classes();
        }

        @Override
        public ClassCounts count(
                ImageTensor image, SmoothingParameters parameters, Seed seed, Phase phase, long first, long samples) {
            if (!phase.equals(Phase.SELECTION)) {
                return classifier.count(image, parameters, seed, phase, first, samples);
            }
            long[] votes = new long[classes()];
            votes[0] = samples;
            return new ClassCounts(votes, samples);
        }
    }
}
