// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.Sampling;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmoothedClassifierTest {
    private static final Seed SEED = new Seed(1, 2);
    private static final SmoothingParameters PARAMETERS =
            new SmoothingParameters(0.5, 0.001, 10, 100, NoiseKind.DISCRETE);

    @Test
    void shouldCertifyTheClassThatTheSelectionChooses() {
        Certificate certificate = new SmoothedClassifier(counting(List.of(3L, 7L), List.of(1L, 99L)), PARAMETERS)
                .certify(KnownClassifier.IMAGE, SEED);

        assertThat(certificate).isInstanceOf(Certificate.Certified.class);
        Certificate.Certified certified = (Certificate.Certified) certificate;
        assertThat(certified.label()).isEqualTo(1);
        // 0.5 * scipy.stats.norm.ppf(scipy.stats.beta.ppf(0.001, 99, 2))
        assertThat(certified.radius()).isCloseTo(0.6746295194051951, within(1e-9));
        Evidence evidence = certified.evidence();
        assertThat(evidence.candidate()).isEqualTo(1);
        // scipy.stats.beta.ppf(0.001, 99, 2)
        assertThat(evidence.probabilityLowerBound()).isCloseTo(0.9113731112960424, within(1e-9));
        assertThat(evidence.selection()).isEqualTo(new ClassCounts(new long[] {3, 7}, 10));
        assertThat(evidence.estimation()).isEqualTo(new ClassCounts(new long[] {1, 99}, 100));
        assertThat(evidence.parameters()).isEqualTo(PARAMETERS);
        assertThat(evidence.seed()).isEqualTo(SEED);
        assertThat(evidence.plan()).isEqualTo(SamplingPlan.Kind.FIXED);
        assertThat(evidence.sampling())
                .isEqualTo(new Sampling(
                        null,
                        null,
                        null,
                        100,
                        Sampling.Stop.ALL_SAMPLES,
                        List.of(new Sampling.Attempt(1, 0.001, 0, 1, List.of(new Sampling.Look(100, 99, 0.001))))));
    }

    @Test
    void shouldBoundTheSelectedClassEvenWhenTheEstimationPrefersAnother() {
        Certificate certificate = new SmoothedClassifier(counting(List.of(6L, 4L), List.of(2L, 98L)), PARAMETERS)
                .certify(KnownClassifier.IMAGE, SEED);

        assertThat(certificate).isInstanceOf(Certificate.Abstained.class);
        assertThat(certificate.evidence().candidate()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        // scipy.stats.beta.ppf(0.001, 66, 35) = 0.50165, scipy.stats.beta.ppf(0.001, 65, 36) = 0.49138
        "66, true",
        "65, false",
        "0, false"
    })
    void shouldAbstainWhenBoundIsBelowHalf(long votes, boolean certified) {
        Certificate certificate = new SmoothedClassifier(
                        counting(List.of(10L, 0L), List.of(votes, 100 - votes)), PARAMETERS)
                .certify(KnownClassifier.IMAGE, SEED);

        assertThat(certificate instanceof Certificate.Certified).isEqualTo(certified);
        assertThat(certificate.evidence().probabilityLowerBound() > 0.5).isEqualTo(certified);
    }

    @Test
    void shouldCountSamplesThatVoteForNoClassAgainstTheCertificate() {
        Certificate certificate = new SmoothedClassifier(counting(List.of(5L, 0L), List.of(65L, 0L)), PARAMETERS)
                .certify(KnownClassifier.IMAGE, SEED);

        assertThat(certificate).isInstanceOf(Certificate.Abstained.class);
    }

    @ParameterizedTest
    @CsvSource({
        // scipy.stats.binomtest(n_A, n_A + n_B, 0.5).pvalue: 0.00097 for 61 of 90, 0.00206 for 60 of 90
        "61, 29, true",
        "60, 30, false",
        "0, 0, false"
    })
    void shouldPredictWhenTheBinomialTestTellsTheTopTwoApart(long first, long second, boolean decided) {
        Prediction prediction = new SmoothedClassifier(
                        counting(List.of(0L, 0L, 0L), List.of(second, first, 0L)), PARAMETERS)
                .predict(KnownClassifier.IMAGE, SEED);

        ClassCounts counts = new ClassCounts(new long[] {second, first, 0}, 100);
        assertThat(prediction)
                .isEqualTo(decided ? new Prediction.Predicted(1, counts) : new Prediction.Undecided(counts));
        assertThat(prediction.counts()).isEqualTo(counts);
    }

    @Test
    void shouldRefuseAnImageOfAnotherShape() {
        SmoothedClassifier classifier = new SmoothedClassifier(new KnownClassifier(0.5, 0.5), PARAMETERS);
        ImageTensor image = ImageTensor.of(new ImageShape(3, 2, 1), new byte[6]);

        assertThatThrownBy(() -> classifier.certify(image, SEED))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("the image is 3x2x1 (channels x height x width), the model takes 1x1x1");
        assertThatThrownBy(() -> classifier.predict(image, SEED)).isInstanceOf(InvalidDataException.class);
    }

    @ParameterizedTest
    @CsvSource({"0.51, 0.01", "0.51, 0.05", "0.7, 0.05", "0.95, 0.01", "0.999, 0.05"})
    void shouldCertifyWronglyNoMoreOftenThanAlpha(double probability, double alpha) {
        int certificates = 10_000;
        // The true radius: below it no perturbation can move the majority of a linear classifier with this probability.
        double radius = NormalDistribution.of(0, 1).inverseCumulativeProbability(probability);
        SmoothedClassifier classifier = new SmoothedClassifier(
                new KnownClassifier(probability, 1 - probability),
                new SmoothingParameters(1, alpha, 20, 200, NoiseKind.DISCRETE));

        int wrong = 0;
        for (int i = 0; i < certificates; i++) {
            if (classifier.certify(KnownClassifier.IMAGE, new Seed(i, 7)) instanceof Certificate.Certified certified
                    && (certified.label() != 0 || certified.radius() > radius)) {
                wrong++;
            }
        }

        // More wrong ones than this have probability 0.001 if each is wrong with probability alpha.
        int most = BinomialDistribution.of(certificates, alpha).inverseSurvivalProbability(0.001);
        assertThat(wrong).isLessThanOrEqualTo(most);
    }

    @Test
    void shouldUseUpTheFailureProbabilityThatItIsGiven() {
        int certificates = 10_000;
        double probability = 0.8;
        double radius = NormalDistribution.of(0, 1).inverseCumulativeProbability(probability);
        SmoothedClassifier classifier = new SmoothedClassifier(
                new KnownClassifier(probability, 0.2), new SmoothingParameters(1, 0.05, 20, 200, NoiseKind.DISCRETE));

        int wrong = 0;
        for (int i = 0; i < certificates; i++) {
            if (classifier.certify(KnownClassifier.IMAGE, new Seed(i, 9)) instanceof Certificate.Certified certified
                    && certified.radius() > radius) {
                wrong++;
            }
        }

        // Counts from 170 on give a radius that is too large: scipy.stats.binom.sf(169, 200, 0.8)
        BinomialDistribution expected = BinomialDistribution.of(certificates, 0.043021556375661255);
        assertThat(wrong)
                .isBetween(expected.inverseCumulativeProbability(0.0005), expected.inverseSurvivalProbability(0.0005));
    }

    /** A base classifier with given votes in each phase. */
    private static BaseClassifier counting(List<Long> selection, List<Long> estimation) {
        return new BaseClassifier() {
            @Override
            public ImageShape inputShape() {
                return KnownClassifier.IMAGE.shape();
            }

            @Override
            public int classes() {
                return selection.size();
            }

            @Override
            public ClassCounts count(
                    ImageTensor image,
                    SmoothingParameters parameters,
                    Seed seed,
                    Phase phase,
                    long first,
                    long samples) {
                List<Long> votes = phase.equals(Phase.SELECTION) ? selection : estimation;
                return new ClassCounts(votes.stream().mapToLong(Long::longValue).toArray(), samples);
            }
        };
    }
}
