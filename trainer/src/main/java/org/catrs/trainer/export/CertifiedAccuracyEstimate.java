// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.dataset.LabelledImage;
import org.catrs.trainer.architecture.NetworkSpecification;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.noise.RandomStreams;
import org.catrs.trainer.noise.RandomStreams.Purpose;

/**
 * Estimates how well a network in training would certify, on images that it is not trained on: Cohen et al. 2019's
 * certified accuracy, with few samples and with the true label in the place of the selection, so that a training can be
 * watched. It is an estimate, and no certificate.
 */
public final class CertifiedAccuracyEstimate {
    /** Failure probability of each image's bound, the papers'. */
    private static final double ALPHA = 0.001;

    private final NetworkSpecification specification;
    private final double sigma;
    private final int samples;
    private final FloatBuffer noisy;
    private final int[] labels;

    /**
     * Draws the noise, which is the same for all epochs.
     *
     * @param heldOut images that are not trained on
     * @param images how many of them, evenly spread; all where there are no more
     * @param samples noisy copies of each image
     * @param seed of the noise
     */
    public CertifiedAccuracyEstimate(
            NetworkSpecification specification, Dataset heldOut, int images, int samples, double sigma, long seed) {
        this.specification = specification;
        this.sigma = sigma;
        this.samples = samples;
        int count = Math.min(images, heldOut.size());
        int size = specification.input().size();
        noisy = FloatBuffer.allocate(Math.multiplyExact(Math.multiplyExact(count, samples), size));
        labels = new int[count];
        RandomStreams streams = new RandomStreams(seed);
        for (int i = 0; i < count; i++) {
            LabelledImage image = heldOut.get((int) ((long) i * heldOut.size() / count));
            labels[i] = image.label();
            byte[] pixels = image.image().toByteArray();
            RandomGenerator random = streams.generator(Purpose.HELD_OUT_NOISE, i, 0);
            for (int sample = 0; sample < samples; sample++) {
                for (byte pixel : pixels) {
                    noisy.put((float) ((pixel & 0xFF) / 255.0 + sigma * random.nextGaussian()));
                }
            }
        }
    }

    /**
     * The largest certified radius of each image whose true label a lower bound shows to be the majority, L2 in units of
     * pixels scaled to [0, 1]; -1 for the others. An image's radius exceeds {@code r} for as many images as are certified
     * at {@code r}.
     *
     * @throws IllegalStateException when ONNX Runtime does not run the network
     */
    public double[] radii(Parameters parameters) {
        byte[] onnx = specification.toOnnx(parameters).toBytes(Map.of());
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(onnx)) {
            double[] radii = new double[labels.length];
            for (int i = 0; i < labels.length; i++) {
                radii[i] = radius(hits(environment, session, i));
            }
            return radii;
        } catch (OrtException exception) {
            throw new IllegalStateException("ONNX Runtime does not run the network in training", exception);
        }
    }

    private long hits(OrtEnvironment environment, OrtSession session, int image) throws OrtException {
        int size = specification.input().size();
        long[] shape = {
            samples,
            specification.input().channels(),
            specification.input().height(),
            specification.input().width()
        };
        FloatBuffer batch = noisy.duplicate()
                .position(image * samples * size)
                .limit((image + 1) * samples * size)
                .slice();
        try (OnnxTensor input = OnnxTensor.createTensor(environment, batch, shape);
                OrtSession.Result result = session.run(Map.of("image", input))) {
            return Arrays.stream((float[][]) result.get(0).getValue())
                    .filter(logits -> ParityCheck.argmax(logits) == labels[image])
                    .count();
        }
    }

    /** By the one-sided bound of Clopper and Pearson. */
    private double radius(long hits) {
        double bound = hits == 0
                ? 0
                : BetaDistribution.of((double) hits, samples - hits + 1.0).inverseCumulativeProbability(ALPHA);
        return bound <= 0.5 ? -1 : sigma * NormalDistribution.of(0, 1).inverseCumulativeProbability(bound);
    }
}
