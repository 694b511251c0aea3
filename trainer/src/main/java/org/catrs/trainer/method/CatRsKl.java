// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.catrs.program.option.Range;
import org.catrs.trainer.architecture.Network;
import org.catrs.trainer.method.attack.GradientAscent;
import org.catrs.trainer.method.hyperparameter.Hyperparameter;
import org.catrs.trainer.method.hyperparameter.HyperparameterValues;
import org.catrs.trainer.method.loss.BottomPass;
import org.catrs.trainer.method.loss.Losses;
import org.catrs.trainer.method.loss.RowLoss;
import org.catrs.trainer.method.loss.WorstCase;
import org.catrs.trainer.method.slice.LossNames;
import org.catrs.trainer.method.slice.NoisySlice;
import org.catrs.trainer.method.slice.SliceLoss;

/**
 * Confidence-aware training as the paper's authors published it later. It differs from {@link CatRs} in this: noises
 * beyond the easiest K are dropped (eq. 6), the worst case is that of the divergence from what a network, trained by
 * Gaussian training before, votes on the image under noise, and it counts where K, not p_hat, is as large as can be.
 */
final class CatRsKl implements TrainingMethod {
    private static final Hyperparameter<Integer> NOISES = Hyperparameter.NOISES.of(4);
    private static final Hyperparameter<Double> LAMBDA = Hyperparameter.LAMBDA;
    private static final Hyperparameter<Double> EPSILON = Hyperparameter.EPSILON;
    private static final Hyperparameter<Integer> PGD_STEPS = Hyperparameter.PGD_STEPS;
    private static final Hyperparameter<Integer> VOTES = new Hyperparameter<>(
            "votes",
            "N",
            "noises by which a network that is trained first labels each image",
            Range.wholeFrom(1),
            10_000);
    private static final Hyperparameter<Double> VOTE_SIGMA = new Hyperparameter<>(
            "vote-sigma", "SIGMA", "standard deviation of these noises", Range.numberFrom(0), 0.25);

    static final List<Hyperparameter<?>> HYPERPARAMETERS =
            List.of(NOISES, LAMBDA, EPSILON, PGD_STEPS, VOTES, VOTE_SIGMA);

    private final HyperparameterValues values;
    private final float[][] targets;
    private final GradientAscent attack;

    CatRsKl(HyperparameterValues values) {
        this(values, new float[0][]);
    }

    private CatRsKl(HyperparameterValues values, float[][] targets) {
        this.values = values;
        this.targets = targets;
        this.attack = GradientAscent.toLikelyNoise(values.get(EPSILON), values.get(PGD_STEPS));
    }

    @Override
    public Optional<TrainingMethod> prepared(Preparation preparation) {
        return preparation
                .votes(MethodKind.GAUSSIAN, values.get(VOTE_SIGMA), values.get(VOTES))
                .map(shares -> new CatRsKl(values, shares));
    }

    @Override
    public HyperparameterValues values() {
        return values;
    }

    @Override
    public LossNames lossNames() {
        return new LossNames("low", "high");
    }

    /** @throws IllegalStateException when it is not prepared */
    @Override
    public SliceLoss accumulate(NoisySlice slice, Network network) {
        if (targets.length == 0) {
            throw new IllegalStateException("cat-rs-kl trains with the votes of its preparation");
        }
        double lambda = values.get(LAMBDA);
        try (NDManager scope = network.newScope()) {
            NDArray images = slice.images(scope);
            NDArray noise = slice.noise(scope);
            BottomPass low = BottomPass.accumulate(slice, network, images, noise, 0);
            double high = 0;
            if (lambda > 0) {
                int[] chosen = IntStream.range(0, slice.size())
                        .filter(image -> low.easiest()[image] == slice.noises())
                        .toArray();
                high = new WorstCase(network, images, ofImages -> divergence(slice, ofImages), attack, false)
                        .accumulate(noise, chosen, lambda / slice.stepImages());
            }
            return low.confidence().with(low.loss(), lambda * high);
        }
    }

    private RowLoss divergence(NoisySlice slice, int[] images) {
        return Losses.divergenceFrom(Arrays.stream(images)
                .mapToObj(image -> targets[slice.index(image)])
                .toArray(float[][]::new));
    }
}
