// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.stream.IntStream;
import org.catrs.program.option.Range;
import org.catrs.trainer.architecture.Network;
import org.catrs.trainer.method.hyperparameter.Hyperparameter;
import org.catrs.trainer.method.hyperparameter.HyperparameterValues;
import org.catrs.trainer.method.loss.Losses;
import org.catrs.trainer.method.loss.Rows;
import org.catrs.trainer.method.loss.Scaling;
import org.catrs.trainer.method.slice.Confidence;
import org.catrs.trainer.method.slice.LossNames;
import org.catrs.trainer.method.slice.NoisySlice;
import org.catrs.trainer.method.slice.SliceLoss;

/**
 * MACER of Zhai et al. (ICLR 2020): the cross-entropy of the mean of what the network says of an image's noisy copies, and
 * lambda times a hinge on the radius that could be certified from a sharpened mean, for images that it classifies
 * correctly.
 */
record Macer(HyperparameterValues values) implements TrainingMethod {
    /** Keeps the logarithm of a vanishing probability finite. */
    private static final float TINY = 1e-10f;

    private static final Hyperparameter<Integer> NOISES = Hyperparameter.NOISES.of(16);
    private static final Hyperparameter<Double> LAMBDA = Hyperparameter.LAMBDA.of(16.0);
    private static final Hyperparameter<Double> GAMMA = new Hyperparameter<>(
            "gamma",
            "MARGIN",
            "radius up to which images are pushed, in units of sigma / 2",
            Range.numberAboveZero(),
            8.0);
    private static final Hyperparameter<Double> BETA = new Hyperparameter<>(
            "beta", "FACTOR", "factor of the logits before they are averaged", Range.numberAboveZero(), 16.0);
    private static final Hyperparameter<Double> DELAY = new Hyperparameter<>(
            "delay", "EPOCHS", "epochs without the method's own loss", Range.numberFrom(0), 0.0, true);

    static final List<Hyperparameter<?>> HYPERPARAMETERS = List.of(NOISES, LAMBDA, GAMMA, BETA, DELAY);

    /** The whole loader's batch is one step. */
    @Override
    public int chunks() {
        return 1;
    }

    @Override
    public LossNames lossNames() {
        return new LossNames("class", "radius");
    }

    @Override
    public SliceLoss accumulate(NoisySlice slice, Network network) {
        try (NDManager scope = network.newScope()) {
            NDArray logits = network.logits(network.copies(slice.images(scope), slice.noise(scope), scope));
            NDArray classes = scope.create(slice.labels()).reshape(slice.size(), 1);
            NDArray right = Losses.byImage(logits.softmax(1), slice.noises())
                    .mean(new int[] {1})
                    .gather(classes, 1);
            NDArray base = right.add(TINY).log().sum().neg();
            NDArray robust = slice.epoch() < values.get(DELAY) ? scope.create(0f) : margins(slice, logits);
            network.backward(Scaling.dividedBy(base.add(robust), slice.stepImages()));
            return Confidence.of(logits, slice.copyLabels(), slice.noises()).with(base.getFloat(), robust.getFloat());
        }
    }

    /** Lambda times the sum of sigma / 2 (gamma - xi), with xi the gap of the normal quantiles of the top two classes. */
    private NDArray margins(NoisySlice slice, NDArray logits) {
        NDArray sharpened = Losses.byImage(
                        Scaling.times(logits, values.get(BETA)).softmax(1), slice.noises())
                .mean(new int[] {1});
        NDArray topTwo = sharpened.topK(2, 1).get(0);
        long[] largest = sharpened.argMax(1).toLongArray();
        float[] gaps = gap(topTwo).toFloatArray();
        float gamma = values.get(GAMMA).floatValue();
        int[] counted = IntStream.range(0, slice.size())
                .filter(image -> largest[image] == slice.label(image) && Math.abs(gaps[image]) <= gamma)
                .toArray();
        NDManager manager = logits.getManager();
        return counted.length == 0
                ? manager.create(0f)
                : Scaling.times(
                        gap(Rows.of(topTwo, counted)).sub(gamma).sum(), -values.get(LAMBDA) * slice.sigma() / 2);
    }

    /** Phi^-1 of the first less that of the second of each row; infinite or not a number where one is 0 or 1. */
    private static NDArray gap(NDArray topTwo) {
        NDArray quantiles = Scaling.times(Scaling.times(topTwo, 2).sub(1).erfinv(), Math.sqrt(2));
        return quantiles.get(":, 0").sub(quantiles.get(":, 1"));
    }
}
