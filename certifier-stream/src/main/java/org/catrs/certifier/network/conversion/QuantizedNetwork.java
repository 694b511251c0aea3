// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion;

import ai.onnxruntime.OrtException;
import java.util.List;
import java.util.Map;
import org.catrs.certifier.network.conversion.int8.CodeInputNetwork;
import org.catrs.certifier.network.conversion.int8.FloatNetwork;
import org.catrs.certifier.network.conversion.int8.Quantizer;
import org.catrs.certifier.network.conversion.int8.ValueRange;
import org.catrs.certifier.network.options.Optimization;
import org.catrs.certifier.network.session.BatchRunner;
import org.catrs.certifier.network.session.NetworkFile;
import org.catrs.certifier.network.session.OnnxSession;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.NoiseSampler;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.onnx.OnnxModel;

/**
 * A quantised network that was made of a floating-point one, and how often the two agree on noisy images.
 *
 * @param onnx its file
 * @param comparedImages number of noisy images on which the two were compared
 * @param argmaxAgreement share of these with the same largest logit
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier to the file, never compared
public record QuantizedNetwork(byte[] onnx, long comparedImages, double argmaxAgreement) {
    private static final int COMPARED_IMAGES = 4096;
    private static final int BATCH = 16;
    private static final Seed SEED = new Seed(0, 0);

    /**
     * Makes a quantised network.
     *
     * @param onnx the floating-point network's file
     * @param source names it in messages
     * @param images to calibrate and to compare with, at least one, of the network's shape
     * @param sigma standard deviation of the noise on them, in units of pixels scaled to [0, 1]
     * @throws InvalidDataException when it is made of operators for which there are no integer ones here
     */
    public static QuantizedNetwork of(byte[] onnx, String source, List<ImageTensor> images, double sigma) {
        OnnxModel model = OnnxModel.parse(onnx, source);
        FloatNetwork network = FloatNetwork.of(model, source);
        Map<String, ValueRange> ranges = ActivationRanges.measure(model, network, images, sigma, source);
        byte[] quantized = Quantizer.quantize(network, ranges).toByteArray();
        long agreed = agreements(NetworkFile.of(onnx, source), NetworkFile.of(quantized, source), images, sigma);
        long compared = compared(images.size());
        return new QuantizedNetwork(quantized, compared, (double) agreed / compared);
    }

    private static int comparedOf(int images) {
        return Math.min(images, COMPARED_IMAGES / BATCH);
    }

    private static long compared(int images) {
        return (long) comparedOf(images) * batches(images) * BATCH;
    }

    private static int batches(int images) {
        return COMPARED_IMAGES / BATCH / comparedOf(images);
    }

    /** Whether a file is that of a quantised network. */
    public static boolean isOne(byte[] onnx, String source) {
        return CodeInputNetwork.of(OnnxModel.parse(onnx, source), source).isPresent();
    }

    private static long agreements(NetworkFile floats, NetworkFile quantized, List<ImageTensor> images, double sigma) {
        long agreed = 0;
        try (OnnxSession floatNetwork = floats.open(Optimization.EXTENDED.level());
                OnnxSession quantizedNetwork = quantized.open(Optimization.EXTENDED.level());
                BatchRunner floatRunner =
                        new BatchRunner(floatNetwork, BATCH, floatNetwork.classes(BATCH, floats.source()));
                BatchRunner quantizedRunner =
                        new BatchRunner(quantizedNetwork, BATCH, quantizedNetwork.classes(BATCH, quantized.source()))) {
            for (ImageTensor image : images.subList(0, comparedOf(images.size()))) {
                // Other noise than that of the calibration.
                NoiseSampler noise = NoiseSampler.of(NoiseKind.DISCRETE, sigma, image, SEED, Phase.ESTIMATION);
                for (int batch = 0; batch < batches(images.size()); batch++) {
                    agreed += agreement(noise, (long) batch * BATCH, floatRunner, quantizedRunner);
                }
            }
        } catch (OrtException e) {
            throw new InvalidDataException(floats.source() + " does not run: " + e.getMessage(), e);
        }
        return agreed;
    }

    private static int agreement(NoiseSampler noise, long first, BatchRunner floats, BatchRunner quantized)
            throws OrtException {
        for (int place = 0; place < BATCH; place++) {
            floats.draw(noise, first + place, place);
            quantized.draw(noise, first + place, place);
        }
        floats.run();
        quantized.run();
        int agreed = 0;
        for (int place = 0; place < BATCH; place++) {
            agreed += floats.vote(place) == quantized.vote(place) ? 1 : 0;
        }
        return agreed;
    }
}
