// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.catrs.program.option.Range;
import org.catrs.trainer.architecture.Network;
import org.catrs.trainer.method.attack.Constraint;
import org.catrs.trainer.method.attack.GradientAscent;
import org.catrs.trainer.method.hyperparameter.Hyperparameter;
import org.catrs.trainer.method.hyperparameter.HyperparameterValues;
import org.catrs.trainer.method.loss.Losses;
import org.catrs.trainer.method.loss.Rows;
import org.catrs.trainer.method.loss.Scaling;
import org.catrs.trainer.method.loss.SmoothedAttack;
import org.catrs.trainer.method.loss.WarmUp;
import org.catrs.trainer.method.slice.Confidence;
import org.catrs.trainer.method.slice.LossNames;
import org.catrs.trainer.method.slice.NoisySlice;
import org.catrs.trainer.method.slice.SliceLoss;

/**
 * SmoothMix of Jeong et al. (NeurIPS 2021): Gaussian training, and for images that the smoothed classifier gets right the
 * divergence from a mixture of what it says of them with the uniform distribution, at the same mixture of the image with
 * one that an unrestricted ascent reached.
 *
 * <p>Images that the smoothed classifier gets wrong have no such loss, and are not attacked; but for the one-step
 * adversary's first step, which all of them take. With batch normalization all are mixed, since all are in the statistics.
 */
record SmoothMix(HyperparameterValues values) implements TrainingMethod {
    private static final Hyperparameter<Integer> NOISES = Hyperparameter.NOISES.of(4);
    private static final Hyperparameter<Double> ETA = Hyperparameter.ETA.of(5.0);
    private static final Hyperparameter<Integer> PGD_STEPS = Hyperparameter.PGD_STEPS;
    private static final Hyperparameter<Double> STEP_LENGTH = new Hyperparameter<>(
            "step-length", "LENGTH", "L2 length of a step of the attack, alpha", Range.numberAboveZero(), 1.0);
    private static final Hyperparameter<Boolean> ONE_STEP = new Hyperparameter<>(
            "one-step",
            "BOOLEAN",
            "whether the image is replaced by what the attack's first step reaches",
            Range.trueOrFalse(),
            false);
    private static final Hyperparameter<Double> WARM_UP = Hyperparameter.WARM_UP;

    static final List<Hyperparameter<?>> HYPERPARAMETERS =
            List.of(NOISES, ETA, PGD_STEPS, STEP_LENGTH, ONE_STEP, WARM_UP);

    @Override
    public LossNames lossNames() {
        return new LossNames("noisy", "mixed");
    }

    @Override
    public SliceLoss accumulate(NoisySlice slice, Network network) {
        double strength = new WarmUp(values.get(WARM_UP)).strength(slice.epoch());
        try (NDManager scope = network.newScope()) {
            NDArray images = slice.images(scope);
            NDArray noise = slice.noise(scope);
            NDArray reached = images;
            NDArray centres = images;
            if (values.get(ONE_STEP)) {
                reached = new SmoothedAttack(network, noise, slice.labels()).climb(images, ascent(1));
                centres = Constraint.ball(strength * values.get(STEP_LENGTH)).apply(images, reached);
            }
            NDArray logits = network.logits(network.copies(centres, noise, scope));
            NDArray base = Scaling.dividedBy(
                    Losses.crossEntropy(logits, slice.copyLabels()).sum(), slice.noises());
            NDArray robust = strength == 0
                    ? scope.create(0f)
                    : Scaling.times(mixed(slice, network, centres, reached, logits), values.get(ETA) * strength);
            network.backward(Scaling.dividedBy(base.add(robust), slice.stepImages()));
            return Confidence.of(logits, slice.copyLabels(), slice.noises()).with(base.getFloat(), robust.getFloat());
        }
    }

    /** Sum of the mixtures' losses over the images, with a gradient also through what is said of the images. */
    private NDArray mixed(NoisySlice slice, Network network, NDArray centres, NDArray reached, NDArray logits) {
        NDManager scope = logits.getManager();
        NDArray means = Losses.byImage(logits.softmax(1), slice.noises()).mean(new int[] {1});
        NDArray shares = scope.create(shares(slice), new Shape(slice.size(), 1));
        long[] largest = means.argMax(1).toLongArray();
        float[] counted = new float[slice.size()];
        for (int image = 0; image < counted.length; image++) {
            counted[image] = largest[image] == slice.label(image) ? 1 : 0;
        }
        int[] mixed = IntStream.range(0, counted.length)
                .filter(image -> counted[image] > 0 || network.normalizesBatches())
                .toArray();
        if (mixed.length == 0) {
            return scope.create(0f);
        }
        NDArray noise = Rows.of(slice.noise(scope), mixed);
        NDArray far = far(slice, network, Rows.of(reached, mixed), noise, mixed);
        Mixture mixture = new Mixture(Rows.of(centres, mixed), far, Rows.of(means, mixed), Rows.of(shares, mixed));
        NDArray logarithms =
                network.logits(network.copies(mixture.images(), noise, scope)).logSoftmax(1);
        NDArray divergences = mixture.divergences(Losses.byImage(logarithms, slice.noises()));
        return divergences.mul(Rows.of(scope.create(counted), mixed)).sum();
    }

    /**
     * Images on the way to what an ascent reached, and what is to be said of them.
     *
     * @param near float32 [images, 1, C x H x W]
     * @param far of the same shape
     * @param means what the smoothed classifier says of the images, float32 [images, classes]
     * @param shares how far each is on the way, float32 [images, 1]
     */
    private record Mixture(NDArray near, NDArray far, NDArray means, NDArray shares) {
        NDArray images() {
            NDArray part = shares.reshape(-1, 1, 1);
            return near.mul(Scaling.times(part, -1).add(1)).add(far.mul(part));
        }

        /** Mean divergence of each image's copies, of which the logarithms are [images, copies, classes]. */
        NDArray divergences(NDArray logarithms) {
            NDArray uniform =
                    Scaling.dividedBy(shares, Math.toIntExact(means.getShape().get(1)));
            NDArray targets = means.mul(Scaling.times(shares, -1).add(1)).add(uniform);
            return targets.mul(targets.log().sub(logarithms.mean(new int[] {1})))
                    .sum(new int[] {1});
        }
    }

    /** What the rest of the ascent reaches. */
    private NDArray far(NoisySlice slice, Network network, NDArray from, NDArray noise, int[] images) {
        int steps = values.get(PGD_STEPS) - (values.get(ONE_STEP) ? 1 : 0);
        long[] labels = Arrays.stream(images).mapToLong(slice::label).toArray();
        return steps == 0 ? from : new SmoothedAttack(network, noise, labels).climb(from, ascent(steps));
    }

    private GradientAscent ascent(int steps) {
        return new GradientAscent(steps, values.get(STEP_LENGTH), Constraint.pixels());
    }

    /** Uniform in (0, 1/2], so that no class of a target has the probability 0. */
    private static float[] shares(NoisySlice slice) {
        float[] shares = new float[slice.size()];
        for (int image = 0; image < shares.length; image++) {
            shares[image] = (float) ((1 - slice.random().nextDouble()) / 2);
        }
        return shares;
    }
}
