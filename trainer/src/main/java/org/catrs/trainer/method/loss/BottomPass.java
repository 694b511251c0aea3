// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.catrs.trainer.architecture.Network;
import org.catrs.trainer.method.slice.Confidence;
import org.catrs.trainer.method.slice.NoisySlice;

/**
 * What the training pass for L_low gave.
 *
 * @param easiest K+ = max(1, K) of each image, with K drawn from Bin(M, p_hat)
 * @param loss sum of L_low over the images
 * @param gradient of the mean L_low by the noises, float32 [images, M, C x H x W]
 */
@SuppressWarnings("ArrayRecordComponent") // short-lived, never compared
public record BottomPass(Confidence confidence, int[] easiest, double loss, NDArray gradient) {
    /**
     * Adds the gradient of L_low, eq. 7.
     *
     * @param images float32 [images, 1, C x H x W]
     * @param noise float32 [images, M, C x H x W]
     * @param p0 probability of the right class that is asked of noises beyond the easiest K; 0 drops them, as eq. 6 does
     */
    public static BottomPass accumulate(NoisySlice slice, Network network, NDArray images, NDArray noise, double p0) {
        try (NDManager pass = network.newScope()) {
            long[] labels = slice.copyLabels();
            NDArray copies = network.copies(images, noise, pass);
            copies.setRequiresGradient(true);
            NDArray logits = network.logits(copies);
            NDArray losses = Losses.crossEntropy(logits, labels);
            Confidence confidence = Confidence.of(logits, labels, slice.noises());
            int[] easiest = draw(slice, confidence);
            float[] weights = new float[labels.length];
            double loss = bottom(losses.toFloatArray(), easiest, Math.log(p0), weights);
            network.backward(Scaling.dividedBy(losses.mul(pass.create(weights)).sum(), slice.stepImages()));
            NDArray gradient = copies.getGradient().reshape(noise.getShape());
            gradient.attach(noise.getManager());
            return new BottomPass(confidence, easiest, loss, gradient);
        }
    }

    private static int[] draw(NoisySlice slice, Confidence confidence) {
        int[] easiest = new int[slice.size()];
        Arrays.setAll(
                easiest, image -> Math.max(1, Binomial.draw(slice.noises(), confidence.of(image), slice.random())));
        return easiest;
    }

    /**
     * L_low of all images.
     *
     * @param weights receives the derivatives by the losses
     */
    private static double bottom(float[] losses, int[] easiest, double logP0, float[] weights) {
        int noises = losses.length / easiest.length;
        double sum = 0;
        for (int image = 0; image < easiest.length; image++) {
            float[] ofImage = Arrays.copyOfRange(losses, image * noises, (image + 1) * noises);
            BottomLoss bottom = BottomLoss.of(ofImage, easiest[image], logP0);
            System.arraycopy(bottom.weights(), 0, weights, image * noises, noises);
            sum += bottom.value();
        }
        return sum;
    }
}
