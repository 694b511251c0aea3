// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.random.RandomGenerator;
import org.catrs.trainer.architecture.Network;
import org.catrs.trainer.method.attack.Constraint;
import org.catrs.trainer.method.attack.GradientAscent;
import org.catrs.trainer.method.hyperparameter.Hyperparameter;
import org.catrs.trainer.method.hyperparameter.HyperparameterValues;
import org.catrs.trainer.method.loss.AttackPasses.Slope;
import org.catrs.trainer.method.loss.Losses;
import org.catrs.trainer.method.loss.Scaling;
import org.catrs.trainer.method.loss.SmoothedAttack;
import org.catrs.trainer.method.loss.WarmUp;
import org.catrs.trainer.method.slice.Confidence;
import org.catrs.trainer.method.slice.LossNames;
import org.catrs.trainer.method.slice.NoisySlice;
import org.catrs.trainer.method.slice.SliceLoss;

/**
 * SmoothAdv of Salman et al. (NeurIPS 2019): Gaussian training on images that a search in the ball of radius epsilon
 * made hard for the smoothed classifier, with the noises that were searched with. The radius grows from 0 as a warm-up.
 */
record SmoothAdv(HyperparameterValues values) implements TrainingMethod {
    private static final Hyperparameter<Integer> NOISES = Hyperparameter.NOISES.of(4);
    private static final Hyperparameter<Double> EPSILON = Hyperparameter.EPSILON;
    private static final Hyperparameter<Integer> PGD_STEPS = Hyperparameter.PGD_STEPS.of(10);
    private static final Hyperparameter<Double> WARM_UP = Hyperparameter.WARM_UP;

    static final List<Hyperparameter<?>> HYPERPARAMETERS = List.of(NOISES, EPSILON, PGD_STEPS, WARM_UP);

    @Override
    public LossNames lossNames() {
        return new LossNames("", "adversarial");
    }

    @Override
    public SliceLoss accumulate(NoisySlice slice, Network network) {
        double epsilon = values.get(EPSILON) * new WarmUp(values.get(WARM_UP)).strength(slice.epoch());
        try (NDManager scope = network.newScope()) {
            NDArray images = slice.images(scope);
            NDArray noise = slice.noise(scope);
            long[] labels = slice.copyLabels();
            if (epsilon == 0) {
                NDArray logits = network.logits(network.copies(images, noise, scope));
                return backward(network, slice, logits, Confidence.of(logits, labels, slice.noises()));
            }
            SmoothedAttack attack = new SmoothedAttack(network, noise, slice.labels());
            Slope plain = attack.slope(images);
            NDArray hard = ascent(epsilon)
                    .climb(
                            images,
                            unit(plain.gradient(), slice.random()),
                            reached -> unit(attack.slope(reached).gradient(), slice.random()));
            NDArray logits = network.logits(network.copies(hard, noise, scope));
            return backward(network, slice, logits, Confidence.of(plain.logits(), labels, slice.noises()));
        }
    }

    private static SliceLoss backward(Network network, NoisySlice slice, NDArray logits, Confidence confidence) {
        NDArray loss = Scaling.dividedBy(
                Losses.crossEntropy(logits, slice.copyLabels()).sum(), slice.noises());
        network.backward(Scaling.dividedBy(loss, slice.stepImages()));
        return confidence.with(0, loss.getFloat());
    }

    private GradientAscent ascent(double epsilon) {
        int steps = values.get(PGD_STEPS);
        return new GradientAscent(
                steps, 2 * epsilon / steps, Constraint.pixels().then(Constraint.ball(epsilon)));
    }

    /** The gradients, scaled so that no length is too small for a float; a random one for each that vanishes. */
    private static NDArray unit(NDArray gradient, RandomGenerator random) {
        NDArray largest = gradient.abs().max(new int[] {-1}, true);
        float[] lengths = largest.toFloatArray();
        int size = Math.toIntExact(gradient.size() / lengths.length);
        float[] values = new float[Math.toIntExact(gradient.size())];
        boolean vanishes = false;
        for (int row = 0; row < lengths.length; row++) {
            for (int i = row * size; lengths[row] == 0 && i < (row + 1) * size; i++) {
                values[i] = (float) random.nextGaussian();
                vanishes = true;
            }
        }
        NDArray direction = gradient.div(largest.maximum(Float.MIN_NORMAL));
        return vanishes ? direction.add(gradient.getManager().create(values, gradient.getShape())) : direction;
    }
}
