// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** Losses of single rows, which methods are made of. */
public final class Losses {
    private Losses() {}

    /**
     * Cross-entropy to a class, for each row.
     *
     * @param logits float32 [rows, classes]
     * @param labels class of each row
     * @return float32 [rows]
     */
    public static NDArray crossEntropy(NDArray logits, long[] labels) {
        NDArray classes = logits.getManager().create(labels, new Shape(labels.length, 1));
        return logits.logSoftmax(1).gather(classes, 1).neg().reshape(labels.length);
    }

    /**
     * Cross-entropy of each copy to the class of its image.
     *
     * @param labels class of each image
     */
    public static RowLoss crossEntropyTo(long[] labels) {
        return (logits, copies) -> crossEntropy(logits, repeated(labels, copies));
    }

    /**
     * Kullback-Leibler divergence of each copy's distribution from the one of its image.
     *
     * @param targets probabilities, float32 [images, classes]
     */
    public static RowLoss divergenceFrom(float[][] targets) {
        double[] negativeEntropies =
                Arrays.stream(targets).mapToDouble(Losses::negativeEntropy).toArray();
        return (logits, copies) -> {
            NDManager manager = logits.getManager();
            long classes = logits.getShape().get(1);
            NDArray target = manager.create(targets).reshape(targets.length, 1, classes);
            NDArray constant = manager.create(negativeEntropies)
                    .toType(DataType.FLOAT32, false)
                    .reshape(targets.length, 1);
            NDArray cross = byImage(logits.logSoftmax(1), copies).mul(target).sum(new int[] {2});
            return constant.sub(cross).reshape(-1);
        };
    }

    private static double negativeEntropy(float[] probabilities) {
        double sum = 0;
        for (float probability : probabilities) {
            sum += probability > 0 ? probability * Math.log(probability) : 0;
        }
        return sum;
    }

    /**
     * Minus the logarithm of the mean probability that an image's copies give its class, eq. 9; one for each image.
     *
     * @param labels class of each image
     */
    static RowLoss smoothedCrossEntropyTo(long[] labels) {
        return (logits, copies) -> {
            NDArray classes = logits.getManager().create(labels, new Shape(labels.length, 1));
            NDArray means = logMean(byImage(logits.logSoftmax(1), copies));
            return means.gather(classes, 1).neg().reshape(labels.length);
        };
    }

    /**
     * The rows of each image together.
     *
     * @param rows [images x copies, classes]
     * @return [images, copies, classes]
     */
    public static NDArray byImage(NDArray rows, int copies) {
        return rows.reshape(-1, copies, rows.getShape().get(1));
    }

    /**
     * Logarithm of the mean over the copies, without leaving the range of floats on the way.
     *
     * @param logarithms float32 [images, copies, classes]
     * @return float32 [images, classes]
     */
    public static NDArray logMean(NDArray logarithms) {
        NDArray largest = logarithms.max(new int[] {1}, true).stopGradient();
        NDArray means = logarithms.sub(largest).exp().mean(new int[] {1}).log();
        return means.add(largest.reshape(means.getShape()));
    }

    private static long[] repeated(long[] labels, int copies) {
        long[] repeated = new long[labels.length * copies];
        for (int row = 0; row < repeated.length; row++) {
            repeated[row] = labels[row / copies];
        }
        return repeated;
    }
}
