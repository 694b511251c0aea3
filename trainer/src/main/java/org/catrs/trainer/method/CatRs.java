// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.SortedMap;
import org.catrs.trainer.architecture.Network;
import org.catrs.trainer.attack.NoiseAttack;

/**
 * Confidence-aware training, Algorithm 1 of the paper: the easiest of an image's noises, and, once the network is right
 * on all of them, the worst noise near any of them.
 *
 * <p>Passes that cannot change the gradient are left out. Images with p_hat below 1 are not attacked: the indicator of
 * eq. 10 would drop their worst-case loss. Where p_hat is 1, K is M and L_low is the mean cross-entropy, so its gradient
 * by the noisy copies, which its backward pass gives, points where the attack's first step goes; this holds for networks
 * that compute the same in training and in use, which one with batch normalisation does not. {@link WorstCase} leaves
 * out a third.
 */
public final class CatRs implements TrainingMethod {
    private final CatRsParameters parameters;
    private final BinomialDraw binomial;
    private final NoiseAttack attack;

    public CatRs(CatRsParameters parameters) {
        this(parameters, BinomialDraw.OF_UNIFORMS);
    }

    /** @param binomial draws K */
    CatRs(CatRsParameters parameters, BinomialDraw binomial) {
        this.parameters = parameters;
        this.binomial = binomial;
        this.attack = new NoiseAttack(parameters.epsilon(), parameters.pgdSteps());
    }

    @Override
    public int noises() {
        return parameters.noises();
    }

    @Override
    public SortedMap<String, String> hyperparameters() {
        return parameters.toMap();
    }

    @Override
    public SliceLoss accumulate(NoisySlice slice, Network network) {
        try (NDManager scope = network.newScope()) {
            NDArray images = slice.images(scope);
            NDArray noise = slice.noise(scope);
            LowPass low = accumulateLow(slice, network, images, noise);
            int[] certain = low.confidence.certain();
            double high = 0;
            if (certain.length > 0 && parameters.lambda() > 0) {
                long[] labels = Arrays.stream(certain).mapToLong(slice::label).toArray();
                WorstCase worst = new WorstCase(network, Rows.of(images, certain), labels, attack);
                double weight = parameters.lambda() / slice.stepImages();
                high = parameters.lambda()
                        * worst.accumulate(Rows.of(noise, certain), Rows.of(low.gradient, certain), weight);
            }
            return new SliceLoss(slice.size(), low.loss, high, low.confidence.sum(), certain.length);
        }
    }

    /** Adds the gradient of L_low, eq. 7. */
    private LowPass accumulateLow(NoisySlice slice, Network network, NDArray images, NDArray noise) {
        try (NDManager pass = network.newScope()) {
            long[] labels = slice.copyLabels();
            NDArray copies = network.copies(images, noise, pass);
            copies.setRequiresGradient(true);
            NDArray logits = network.logits(copies);
            NDArray losses = Losses.crossEntropy(logits, labels);
            Confidence confidence = Confidence.of(logits, labels, parameters.noises());
            float[] weights = new float[labels.length];
            double loss = bottom(losses.toFloatArray(), confidence, slice, weights);
            network.backward(losses.mul(pass.create(weights)).sum().div(slice.stepImages()));
            NDArray gradient = copies.getGradient().reshape(noise.getShape());
            gradient.attach(noise.getManager());
            return new LowPass(confidence, loss, gradient);
        }
    }

    /**
     * Draws K for each image.
     *
     * @param weights receives the derivatives of L_low by the cross-entropies
     * @return the sum of L_low over the images
     */
    private double bottom(float[] losses, Confidence confidence, NoisySlice slice, float[] weights) {
        int noises = parameters.noises();
        double sum = 0;
        for (int image = 0; image < slice.size(); image++) {
            int k = binomial.draw(noises, confidence.of(image), slice.random());
            float[] ofImage = Arrays.copyOfRange(losses, image * noises, (image + 1) * noises);
            BottomLoss bottom = BottomLoss.of(ofImage, Math.max(1, k), Math.log(parameters.p0()));
            System.arraycopy(bottom.weights(), 0, weights, image * noises, noises);
            sum += bottom.value();
        }
        return sum;
    }

    /**
     * What the pass for L_low gave.
     *
     * @param loss sum of L_low over the images
     * @param gradient of the mean L_low by the noises, float32 [images, M, C x H x W]
     */
    private record LowPass(Confidence confidence, double loss, NDArray gradient) {}
}
