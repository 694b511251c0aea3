// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.catrs.program.option.Range;
import org.catrs.trainer.architecture.Network;
import org.catrs.trainer.method.attack.GradientAscent;
import org.catrs.trainer.method.hyperparameter.Hyperparameter;
import org.catrs.trainer.method.hyperparameter.HyperparameterValues;
import org.catrs.trainer.method.loss.AttackPasses;
import org.catrs.trainer.method.loss.AttackPasses.Slope;
import org.catrs.trainer.method.loss.BottomPass;
import org.catrs.trainer.method.loss.Losses;
import org.catrs.trainer.method.loss.WorstCase;
import org.catrs.trainer.method.slice.Confidence;
import org.catrs.trainer.method.slice.LossNames;
import org.catrs.trainer.method.slice.NoisySlice;
import org.catrs.trainer.method.slice.SliceLoss;

/**
 * Confidence-aware training, Algorithm 1 of the paper: the easiest of an image's noises, and, once the network is right
 * on all of them, the worst noise near any of them; and the ablations of the paper's Table 3.
 *
 * <p>Passes that cannot change the gradient are left out. Images with p_hat below 1 are not attacked: the indicator of
 * eq. 10 would drop their worst-case loss. Where p_hat is 1, K is M and L_low is the mean cross-entropy, so its gradient
 * by the noisy copies, which its backward pass gives, points where the attack's first step goes; this holds for networks
 * that compute the same in training and in use, which one with batch normalization does not. {@link WorstCase} leaves
 * out a third, also only without batch normalization.
 */
final class CatRs implements TrainingMethod {
    private static final Hyperparameter<Integer> NOISES = Hyperparameter.NOISES.of(4);
    private static final Hyperparameter<Double> LAMBDA = Hyperparameter.LAMBDA;
    private static final Hyperparameter<Double> EPSILON = Hyperparameter.EPSILON;
    private static final Hyperparameter<Integer> PGD_STEPS = Hyperparameter.PGD_STEPS;
    private static final Hyperparameter<Double> P0 = new Hyperparameter<>(
            "p0",
            "P",
            "probability of the right class that is asked of noises beyond the easiest K",
            Range.probability(),
            0.2);
    private static final Hyperparameter<Ablation> ABLATION = new Hyperparameter<>(
            "ablation",
            "PART",
            "what of the loss is left, as in the paper's Table 3",
            Range.of(Ablation.class),
            Ablation.NONE);

    static final List<Hyperparameter<?>> HYPERPARAMETERS = List.of(NOISES, LAMBDA, P0, EPSILON, PGD_STEPS, ABLATION);

    private final HyperparameterValues values;
    private final Ablation ablation;
    private final double lambda;
    private final GradientAscent attack;

    CatRs(HyperparameterValues values) {
        this.values = values;
        this.ablation = values.get(ABLATION);
        this.lambda = ablation == Ablation.LOW_ONLY ? 0 : values.get(LAMBDA);
        this.attack = GradientAscent.toLikelyNoise(values.get(EPSILON), values.get(PGD_STEPS));
    }

    /** The loss, or what the paper's Table 3 leaves of it. */
    enum Ablation {
        /** The whole loss, eq. 10. */
        NONE,
        /** (a) L_low alone. */
        LOW_ONLY,
        /** (b) L_high alone, of all images. */
        HIGH_ONLY,
        /** (c) Both, L_high of all images. */
        UNMASKED,
        /** (d) The mean of what is found near each noise for the maximum, eq. 11. */
        AVG_MAX;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Override
    public HyperparameterValues values() {
        return values;
    }

    @Override
    public LossNames lossNames() {
        return switch (ablation) {
            case LOW_ONLY -> new LossNames("low", "");
            case HIGH_ONLY -> new LossNames("", "high");
            case NONE, UNMASKED, AVG_MAX -> new LossNames("low", "high");
        };
    }

    @Override
    public SliceLoss accumulate(NoisySlice slice, Network network) {
        try (NDManager scope = network.newScope()) {
            NDArray images = slice.images(scope);
            NDArray noise = slice.noise(scope);
            HighPass high = new HighPass(slice, network, images, noise);
            return ablation == Ablation.HIGH_ONLY
                    ? high.alone()
                    : high.after(BottomPass.accumulate(slice, network, images, noise, values.get(P0)));
        }
    }

    /** The passes for L_high, eq. 8. */
    private final class HighPass {
        private final NoisySlice slice;
        private final Network network;
        private final NDArray images;
        private final NDArray noise;

        HighPass(NoisySlice slice, Network network, NDArray images, NDArray noise) {
            this.slice = slice;
            this.network = network;
            this.images = images;
            this.noise = noise;
        }

        /** Of the images that eq. 10 chooses, or of all. */
        SliceLoss after(BottomPass low) {
            Confidence confidence = low.confidence();
            return confidence.with(low.loss(), lambda > 0 ? lambda * sum(confidence, low.gradient()) : 0);
        }

        private double sum(Confidence confidence, NDArray lowGradient) {
            boolean all = ablation == Ablation.UNMASKED;
            if (network.normalizesBatches()) {
                return worst().accumulate(noise, all ? everyImage() : confidence.certain(), weight());
            }
            double sum = worst().accumulate(noise, confidence.certain(), lowGradient, weight());
            return all ? sum + worst().accumulate(noise, confidence.uncertain(), weight()) : sum;
        }

        /** Of all images, without L_low. */
        SliceLoss alone() {
            long[] labels = slice.copyLabels();
            Slope first = new AttackPasses(network, images).slope(noise, logits -> Losses.crossEntropy(logits, labels));
            Confidence confidence = Confidence.of(first.logits(), labels, slice.noises());
            double sum = network.normalizesBatches()
                    ? worst().accumulate(noise, everyImage(), weight())
                    : worst().accumulate(noise, everyImage(), first.gradient(), weight());
            return confidence.with(0, lambda * sum);
        }

        private int[] everyImage() {
            return IntStream.range(0, slice.size()).toArray();
        }

        private WorstCase worst() {
            return new WorstCase(
                    network,
                    images,
                    chosen -> Losses.crossEntropyTo(
                            Arrays.stream(chosen).mapToLong(slice::label).toArray()),
                    attack,
                    ablation == Ablation.AVG_MAX);
        }

        private double weight() {
            return lambda / slice.stepImages();
        }
    }
}
