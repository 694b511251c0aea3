// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.catrs.certifier.smoothing.bound.CertifiedRadius;
import org.catrs.certifier.smoothing.bound.ClopperPearson;
import org.catrs.certifier.smoothing.bound.MixtureBound;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.Sampling;
import org.catrs.schemas.event.Sampling.Attempt;
import org.catrs.schemas.event.Sampling.Look;
import org.catrs.schemas.event.Sampling.Stop;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingPlanTest {
    private static final Duration AN_HOUR = Duration.ofHours(1);
    private static final int CLASSES = 10;
    private static final SamplingPlan TARGET = new SamplingPlan.TargetRadius(0.5);
    private static final SamplingPlan FRACTION = new SamplingPlan.RadiusFraction(0.9);
    private static final SamplingPlan DEADLINE = new SamplingPlan.Deadline(AN_HOUR, null);
    private static final SmoothingParameters PARAMETERS =
            new SmoothingParameters(0.5, 0.001, 100, 100_000, NoiseKind.DISCRETE);

    @Test
    void shouldStopAtTheFirstLookThatShowsTheTarget() {
        Certificate certificate = certify(TARGET, 0.999, 0.001);

        Sampling sampling = certificate.evidence().sampling();
        assertThat(sampling.stop()).isEqualTo(Stop.TARGET_REACHED);
        assertThat(sampling.targetRadius()).isEqualTo(0.5);
        assertThat(sampling.samples()).isEqualTo(64);
        assertThat(((Certificate.Certified) certificate).radius()).isGreaterThanOrEqualTo(0.5);
        assertThat(certificate.evidence().plan()).isEqualTo(SamplingPlan.Kind.ADAPTIVE);
    }

    @Test
    void shouldGiveTheRadiusThatItsLooksShowWhenTheTargetIsOutOfReach() {
        Certificate certificate = certify(TARGET, 0.75, 0.25); // the target needs 0.841

        Sampling sampling = certificate.evidence().sampling();
        assertThat(sampling.stop()).isEqualTo(Stop.TARGET_OUT_OF_REACH);
        assertThat(sampling.samples()).isLessThan(5_000);
        double bound = sampling.last().looks().stream()
                .mapToDouble(look -> ClopperPearson.lowerBound(look.count(), look.n(), look.alpha()))
                .max()
                .orElseThrow();
        assertThat(certificate.evidence().probabilityLowerBound()).isEqualTo(bound);
        assertThat(((Certificate.Certified) certificate).radius())
                .isEqualTo(CertifiedRadius.of(0.5, bound))
                .isBetween(0.1, 0.5);
    }

    @Test
    void shouldSpendAllSamplesWhereTheTargetIsTooNearToTell() {
        Certificate certificate = certify(TARGET, 0.8435, 0.1565); // the last look needs 0.8456

        assertThat(certificate.evidence().sampling().stop()).isEqualTo(Stop.ALL_SAMPLES);
        assertThat(certificate.evidence().sampling().samples()).isEqualTo(100_000);
    }

    @Test
    void shouldTakeOneLookAtATargetThatNoSamplesCanShow() {
        Certificate certificate = certify(new SamplingPlan.TargetRadius(2.5), 1, 0);

        assertThat(certificate.evidence().sampling().stop()).isEqualTo(Stop.TARGET_OUT_OF_REACH);
        assertThat(certificate.evidence().sampling().samples()).isEqualTo(32);
        assertThat(certificate).isInstanceOf(Certificate.Certified.class);
    }

    @Test
    void shouldStopWhereMoreSamplesCouldHardlyAdd() {
        Certificate certificate = certify(FRACTION, 0.99, 0.01);

        Sampling sampling = certificate.evidence().sampling();
        assertThat(sampling.stop()).isEqualTo(Stop.PRECISE_ENOUGH);
        assertThat(sampling.radiusFraction()).isEqualTo(0.9);
        assertThat(sampling.samples()).isLessThan(20_000);
        double all = ((Certificate.Certified) certify(new SamplingPlan.Fixed(), 0.99, 0.01)).radius();
        assertThat(((Certificate.Certified) certificate).radius()).isGreaterThan(0.88 * all);
    }

    @Test
    void shouldGiveUpWithoutATargetWhereNoClassHasTheMajority() {
        Certificate certificate = certify(FRACTION, 0.4, 0.3, 0.3);

        assertThat(certificate).isInstanceOf(Certificate.Abstained.class);
        assertThat(certificate.evidence().sampling().stop()).isEqualTo(Stop.TARGET_OUT_OF_REACH);
        assertThat(certificate.evidence().sampling().samples()).isLessThan(2_000);
    }

    @Test
    void shouldStopAtOnceWhenAskedTo() {
        Certificate certificate =
                classifier(0.99, 0.01).certify(KnownClassifier.IMAGE, new Seed(1, 1), DEADLINE, () -> Stop.SHUTDOWN);

        Evidence evidence = certificate.evidence();
        assertThat(evidence.sampling().stop()).isEqualTo(Stop.SHUTDOWN);
        assertThat(evidence.estimation().samples()).isEqualTo(64);
        assertThat(evidence.probabilityLowerBound())
                .isEqualTo(MixtureBound.lowerBound(evidence.estimation().of(0), 64, 0.000875));
        assertThat(((Certificate.Certified) certificate).radius()).isPositive();
    }

    @Test
    void shouldStopBetweenTwoLooksWhenAskedTo() {
        AtomicInteger chunks = new AtomicInteger();
        Certificate certificate = classifier(0.99, 0.01)
                .certify(
                        KnownClassifier.IMAGE,
                        new Seed(1, 1),
                        DEADLINE,
                        () -> chunks.incrementAndGet() > 5 ? Stop.BACK_PRESSURE : null);

        Evidence evidence = certificate.evidence();
        List<Look> looks = evidence.sampling().last().looks();
        assertThat(evidence.sampling().stop()).isEqualTo(Stop.BACK_PRESSURE);
        assertThat(looks.get(looks.size() - 1).n())
                .isEqualTo(evidence.estimation().samples());
        assertThat(looks).extracting(Look::n).isSorted().doesNotHaveDuplicates();
        assertThat(evidence.probabilityLowerBound())
                .isEqualTo(looks.stream()
                        .mapToDouble(look -> MixtureBound.lowerBound(look.count(), look.n(), 0.000875))
                        .max()
                        .orElseThrow());
    }

    @Test
    void shouldStopWhenTheTimeIsUp() {
        SamplingPlan plan = new SamplingPlan.Deadline(Duration.ofNanos(1), null);

        Certificate certificate = certify(plan, 0.99, 0.01);

        assertThat(certificate.evidence().sampling().stop()).isEqualTo(Stop.DEADLINE);
        assertThat(certificate.evidence().sampling().deadlineSeconds()).isEqualTo(1e-9);
    }

    @Test
    void shouldStopBeforeTheDeadlineWhenTheTargetIsReached() {
        Certificate certificate = certify(new SamplingPlan.Deadline(AN_HOUR, 0.5), 0.99, 0.01);

        assertThat(certificate.evidence().sampling().stop()).isEqualTo(Stop.TARGET_REACHED);
        assertThat(((Certificate.Certified) certificate).radius()).isGreaterThanOrEqualTo(0.5);
    }

    @Test
    void shouldGoOnFromAnInterruptedCertificateAsIfItHadNotBeenInterrupted() {
        SmoothedClassifier classifier = classifier(0.9, 0.1);
        Seed seed = new Seed(3, 4);
        Evidence half = classifier
                .certify(KnownClassifier.IMAGE, seed, DEADLINE, stopAfter(6))
                .evidence();

        Certificate whole = classifier.resume(
                KnownClassifier.IMAGE, half, new SamplingPlan.Deadline(AN_HOUR, null), StopCondition.NEVER);

        Evidence uninterrupted = classifier
                .certify(KnownClassifier.IMAGE, seed, DEADLINE, StopCondition.NEVER)
                .evidence();
        assertThat(half.estimation().samples()).isLessThan(100_000);
        assertThat(whole.evidence().estimation()).isEqualTo(uninterrupted.estimation());
        assertThat(whole.evidence().probabilityLowerBound()).isEqualTo(uninterrupted.probabilityLowerBound());
        assertThat(whole.evidence().sampling().last().looks())
                .containsAll(half.sampling().last().looks());
    }

    @Test
    void shouldNotGoOnWithACertificateWhoseBoundHoldsAtItsLooksOnly() {
        SmoothedClassifier classifier = classifier(0.9, 0.1);
        Evidence fixed =
                classifier.certify(KnownClassifier.IMAGE, new Seed(1, 2)).evidence();

        assertThatThrownBy(() -> classifier.resume(
                        KnownClassifier.IMAGE, fixed, new SamplingPlan.Deadline(AN_HOUR, null), StopCondition.NEVER))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("found plan fixed");
    }

    @ParameterizedTest
    @MethodSource("sequentialPlans")
    void shouldMakeTheSameCertificateAgain(SamplingPlan plan) {
        SmoothedClassifier classifier = new SmoothedClassifier(selecting(0, new KnownClassifier(0.1, 0.9)), PARAMETERS);
        Seed seed = new Seed(9, 9);
        Certificate certificate = classifier.certify(KnownClassifier.IMAGE, seed, plan, stopAfter(12));
        Evidence evidence = certificate.evidence();

        Certificate again = classifier.repeat(KnownClassifier.IMAGE, seed, evidence.plan(), evidence.sampling());

        assertThat(again).isEqualTo(certificate);
    }

    @Test
    void shouldNotRepeatAReasonToStopThatTheCountsContradict() {
        SmoothedClassifier classifier = classifier(0.9, 0.1);
        Evidence evidence = classifier
                .certify(KnownClassifier.IMAGE, new Seed(1, 1), new SamplingPlan.Deadline(AN_HOUR, 0.5), stopAfter(0))
                .evidence();
        Sampling sampling = evidence.sampling();
        Sampling altered = new Sampling(0.5, null, 3600.0, 100_000, Stop.TARGET_REACHED, sampling.attempts());

        Certificate again = classifier.repeat(KnownClassifier.IMAGE, new Seed(1, 1), evidence.plan(), altered);

        assertThat(sampling.stop()).isEqualTo(Stop.SHUTDOWN);
        assertThat(again.evidence().sampling()).isNotEqualTo(altered);
    }

    @ParameterizedTest
    @MethodSource("sequentialPlans")
    void shouldRestartWithAShareOfItsOwnWhenTheSelectedClassTurnsOutWrong(SamplingPlan plan) {
        // The selection votes for class 0, which has a probability of 0.1.
        BaseClassifier misleading = selecting(0, new KnownClassifier(0.1, 0.9));
        Certificate certificate = new SmoothedClassifier(misleading, PARAMETERS)
                .certify(KnownClassifier.IMAGE, new Seed(5, 6), plan, StopCondition.NEVER);

        Evidence evidence = certificate.evidence();
        List<Attempt> attempts = evidence.sampling().attempts();
        assertThat(certificate).isInstanceOf(Certificate.Certified.class);
        assertThat(((Certificate.Certified) certificate).label()).isEqualTo(1);
        assertThat(attempts).extracting(Attempt::candidate).containsExactly(0, 1);
        assertThat(attempts.get(0).alpha()).isCloseTo(0.000875, within(1e-15));
        assertThat(attempts.get(1).alpha()).isCloseTo(0.000109375 / 2, within(1e-15)); // of two classes
        assertThat(attempts).extracting(Attempt::firstSample).containsExactly(0L, 0L);
        assertThat(attempts).extracting(Attempt::phase).containsExactly(1, 2);
        assertThat(evidence.sampling().samples())
                .isEqualTo(attempts.get(0).n() + attempts.get(1).n());
        assertThat(evidence.estimation())
                .isEqualTo(misleading.count(
                        KnownClassifier.IMAGE,
                        PARAMETERS,
                        new Seed(5, 6),
                        new Phase(2),
                        0,
                        attempts.get(1).n()));
    }

    /** Before the first look, between two looks, and at a look where 0.6 may still be a majority. */
    @ParameterizedTest
    @ValueSource(longs = {50, 100, 64})
    void shouldRefuseToRepeatARestartThatThePlanDoesNotMake(long end) {
        assertThatThrownBy(() -> repeatRestart(DEADLINE, end, classifier(0.6, 0.4)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith("attempt 0 ends after " + end + " samples with ");
    }

    @Test
    void shouldRefuseToRepeatARestartWhereNoOtherClassHasMoreVotes() {
        SamplingPlan plan = new SamplingPlan.Deadline(AN_HOUR, 0.5);
        SmoothedClassifier classifier = classifier(0.6, 0.4);
        Sampling givenUp = classifier
                .certify(KnownClassifier.IMAGE, new Seed(1, 1), plan, StopCondition.NEVER)
                .evidence()
                .sampling();
        assertThat(givenUp.stop()).isEqualTo(Stop.TARGET_OUT_OF_REACH);
        assertThat(givenUp.attempts()).hasSize(1);

        assertThatThrownBy(() -> repeatRestart(plan, givenUp.samples(), classifier))
                .hasMessageContaining("where the plan's rules do not let another attempt follow");
    }

    private static void repeatRestart(SamplingPlan plan, long end, SmoothedClassifier classifier) {
        Attempt first = new Attempt(0, 0.000875, 0, 1, List.of(new Look(end, end, 0.000875)));
        Attempt second = new Attempt(1, 0.0000546875, 0, 2, List.of(new Look(64, 64, 0.0000546875)));
        Sampling claimed = new Sampling(
                plan.targetRadius(), null, 3600.0, PARAMETERS.n(), Stop.ALL_SAMPLES, List.of(first, second));
        classifier.repeat(KnownClassifier.IMAGE, new Seed(1, 1), plan.kind(), claimed);
    }

    @Test
    void shouldSpendAtMostAlphaInAllAttemptsAndLooksAndCandidates() {
        for (SamplingPlan plan : List.of(TARGET, FRACTION)) {
            double spent = 0;
            for (int attempt = 0; attempt < 4; attempt++) {
                AttemptRule rule = plan.rule(PARAMETERS, new AttemptPlace(PlanVersion.CURRENT, attempt, CLASSES));
                double levels = 0;
                for (int look = 0; look < rule.schedule().looks(); look++) {
                    levels += rule.look(look, 0).alpha();
                }
                assertThat(levels).isCloseTo(rule.alpha(), within(1e-18));
                spent += attempt == 0 ? levels : CLASSES * levels;
            }
            assertThat(spent).isLessThanOrEqualTo(PARAMETERS.alpha());
        }
    }

    @Test
    void shouldRefuseImpossiblePlans() {
        assertThatThrownBy(() -> new SamplingPlan.TargetRadius(0)).hasMessageContaining("target radius");
        assertThatThrownBy(() -> new SamplingPlan.TargetRadius(Double.NaN)).hasMessageContaining("target radius");
        assertThatThrownBy(() -> new SamplingPlan.RadiusFraction(1)).hasMessageContaining("fraction");
        assertThatThrownBy(() -> new SamplingPlan.Deadline(Duration.ZERO, null)).hasMessageContaining("deadline");
        assertThatThrownBy(() -> new SamplingPlan.Deadline(AN_HOUR, -1.0)).hasMessageContaining("target radius");
    }

    static Stream<SamplingPlan> sequentialPlans() {
        return Stream.of(TARGET, FRACTION, DEADLINE, new SamplingPlan.Deadline(AN_HOUR, 0.5));
    }

    private static Certificate certify(SamplingPlan plan, double... probabilities) {
        return classifier(probabilities).certify(KnownClassifier.IMAGE, new Seed(1, 2), plan, StopCondition.NEVER);
    }

    private static SmoothedClassifier classifier(double... probabilities) {
        return new SmoothedClassifier(new KnownClassifier(probabilities), PARAMETERS);
    }

    private static StopCondition stopAfter(int checks) {
        AtomicInteger done = new AtomicInteger();
        return () -> done.incrementAndGet() > checks ? Stop.SHUTDOWN : null;
    }

    private static BaseClassifier selecting(int label, BaseClassifier classifier) {
        return new Wrapped(classifier) {
            @Override
            public ClassCounts count(
                    ImageTensor image,
                    SmoothingParameters parameters,
                    Seed seed,
                    Phase phase,
                    long first,
                    long samples) {
                if (!phase.equals(Phase.SELECTION)) {
                    return super.count(image, parameters, seed, phase, first, samples);
                }
                long[] votes = new long[classes()];
                votes[label] = samples;
                return new ClassCounts(votes, samples);
            }
        };
    }

    private static class Wrapped implements BaseClassifier {
        private final BaseClassifier classifier;

        Wrapped(BaseClassifier classifier) {
            this.classifier = classifier;
        }

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
            return classifier.count(image, parameters, seed, phase, first, samples);
        }
    }
}
