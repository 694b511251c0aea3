// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.catrs.trainer.architecture.Network;
import org.catrs.trainer.method.attack.GradientAscent;

/**
 * L_high of some of a slice's images, eq. 8: the loss at the worst noise near any of an image's noises.
 *
 * <p>Only the chosen images are attacked, and only the worst noise of each has a backward pass, since the others do not
 * reach the loss. A network with batch normalization is another matter: there all images and noises of a slice are in
 * the statistics of the training pass, and so in everybody's gradient.
 *
 * @param images of the slice, float32 [images, 1, C x H x W]
 * @param losses gives, for indices of images, what their attack maximises, and L_high is
 * @param ofAll whether L_high is the mean of what is found near each noise, eq. 11, in place of the maximum
 */
public record WorstCase(
        Network network, NDArray images, Function<int[], RowLoss> losses, GradientAscent attack, boolean ofAll) {
    /**
     * Adds the gradient of the sum of L_high over some images, times a weight.
     *
     * @param noise the noises to search from, of all images, float32 [images, M, C x H x W]
     * @param chosen indices of the images
     * @return the sum of L_high over them
     */
    public double accumulate(NDArray noise, int[] chosen, double weight) {
        if (chosen.length == 0) {
            return 0;
        }
        if (network.normalizesBatches()) {
            return accumulateBesideOthers(noise, chosen, weight);
        }
        Search search = new Search(Rows.of(images, chosen), losses.apply(chosen));
        return search.accumulate(search.worst(Rows.of(noise, chosen)), weight);
    }

    /**
     * The same for a network without batch normalization, when the gradient of the losses at the noises is known.
     *
     * @param firstGradient of the shape of the noise; its length does not matter
     */
    public double accumulate(NDArray noise, int[] chosen, NDArray firstGradient, double weight) {
        if (chosen.length == 0) {
            return 0;
        }
        Search search = new Search(Rows.of(images, chosen), losses.apply(chosen));
        return search.accumulate(search.worst(Rows.of(noise, chosen), Rows.of(firstGradient, chosen)), weight);
    }

    private double accumulateBesideOthers(NDArray noise, int[] chosen, double weight) {
        int[] all =
                IntStream.range(0, Math.toIntExact(images.getShape().get(0))).toArray();
        Search search = new Search(images, losses.apply(all));
        NDArray found = attack.climb(noise, search::gradientAt);
        int copies = copies(noise);
        try (NDManager pass = network.newScope()) {
            NDArray rows = search.loss.of(network.logits(network.copies(images, found, pass)), copies);
            float[] values = rows.toFloatArray();
            float[] weights = new float[values.length];
            double sum = 0;
            for (int image : chosen) {
                sum += weigh(values, weights, image * copies, copies);
            }
            network.backward(Scaling.times(rows.mul(pass.create(weights)).sum(), weight));
            return sum;
        }
    }

    /** Of the losses of an image's copies, sets the derivatives of L_high by them, and gives L_high. */
    private double weigh(float[] values, float[] weights, int from, int copies) {
        if (!ofAll) {
            int worst = largest(values, from, copies);
            weights[worst] = 1;
            return values[worst];
        }
        double sum = 0;
        for (int i = from; i < from + copies; i++) {
            weights[i] = 1f / copies;
            sum += values[i];
        }
        return sum / copies;
    }

    private static int largest(float[] values, int from, int count) {
        int largest = from;
        for (int i = from + 1; i < from + count; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }

    private static int copies(NDArray noise) {
        return Math.toIntExact(noise.getShape().get(1));
    }

    /** The search near the noises of some images. */
    private final class Search {
        private final NDArray searched;
        private final RowLoss loss;

        /** @param searched float32 [images, 1, C x H x W] */
        Search(NDArray searched, RowLoss loss) {
            this.searched = searched;
            this.loss = loss;
        }

        NDArray worst(NDArray noise) {
            return worst(noise, gradientAt(noise));
        }

        /** What is found near each noise, or the worst of it for each image. */
        NDArray worst(NDArray noise, NDArray firstGradient) {
            NDArray found = attack.climb(noise, firstGradient, this::gradientAt);
            return ofAll ? found : worstOfEach(found);
        }

        /** Adds the gradient of the sum of the images' mean losses. */
        double accumulate(NDArray worst, double weight) {
            int copies = copies(worst);
            try (NDManager pass = network.newScope()) {
                NDArray logits = network.logits(network.copies(searched, worst, pass));
                NDArray sum = Scaling.dividedBy(loss.of(logits, copies).sum(), copies);
                network.backward(Scaling.times(sum, weight));
                return sum.getFloat();
            }
        }

        NDArray gradientAt(NDArray noise) {
            return new AttackPasses(network, searched)
                    .slope(noise, logits -> loss.of(logits, copies(noise)))
                    .gradient();
        }

        /** Of each image's noises the one with the largest loss, float32 [images, 1, C x H x W]. */
        private NDArray worstOfEach(NDArray noise) {
            int copies = copies(noise);
            if (copies == 1) {
                return noise;
            }
            float[] values = new AttackPasses(network, searched).losses(noise, logits -> loss.of(logits, copies));
            int[] worst = IntStream.range(0, values.length / copies)
                    .map(image -> largest(values, image * copies, copies))
                    .toArray();
            return Rows.of(noise.reshape(values.length, 1, noise.getShape().get(2)), worst);
        }
    }
}
