// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.model.ModelManifest.ExportParity;
import org.catrs.trainer.architecture.Network;
import org.catrs.trainer.data.TrainingImages;

/** Compares an exported ONNX file, run by ONNX Runtime, with the network that was trained, on noisy images. */
final class ParityCheck {
    private static final int IMAGES = 256;

    /** Of the largest logit, or of 1 where that is larger. */
    private static final double LARGEST_DIFFERENCE = 1e-4;

    private final FloatBuffer noisy;
    private final long[] shape;

    ParityCheck(TrainingImages images, ImageShape shape, double sigma, RandomGenerator random) {
        int count = Math.min(IMAGES, images.size());
        noisy = FloatBuffer.allocate(count * shape.size());
        for (int i = 0; i < count; i++) {
            images.copyTo(noisy, i);
        }
        noisy.flip();
        for (int i = 0; i < noisy.limit(); i++) {
            noisy.put(i, noisy.get(i) + (float) (sigma * random.nextGaussian()));
        }
        this.shape = new long[] {count, shape.channels(), shape.height(), shape.width()};
    }

    /**
     * Compares.
     *
     * @throws IllegalStateException when a logit differs by more than 1e-4, or that share of the largest logit
     */
    ExportParity compare(Network network, byte[] onnx) {
        float[][] expected = logits(network);
        float[][] exported = logits(onnx);
        double largest = 0;
        double scale = 1;
        int agree = 0;
        for (int image = 0; image < expected.length; image++) {
            for (int c = 0; c < expected[image].length; c++) {
                largest = Math.max(largest, Math.abs(expected[image][c] - exported[image][c]));
                scale = Math.max(scale, Math.abs(expected[image][c]));
            }
            agree += argmax(expected[image]) == argmax(exported[image]) ? 1 : 0;
        }
        ExportParity parity = new ExportParity(expected.length, largest, (double) agree / expected.length);
        if (!(largest <= LARGEST_DIFFERENCE * scale)) {
            throw new IllegalStateException("the exported network differs from the trained one by " + largest
                    + " in a logit, more than " + LARGEST_DIFFERENCE * scale + " (" + parity + ")");
        }
        return parity;
    }

    private float[][] logits(Network network) {
        network.freeze(true);
        try (NDManager scope = network.newScope()) {
            NDArray logits = network.logits(scope.create(noisy.duplicate(), new Shape(shape)));
            int classes = Math.toIntExact(logits.getShape().get(1));
            FloatBuffer values = FloatBuffer.wrap(logits.toFloatArray());
            float[][] rows = new float[Math.toIntExact(shape[0])][classes];
            for (float[] row : rows) {
                values.get(row);
            }
            return rows;
        }
    }

    private float[][] logits(byte[] onnx) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(onnx);
                OnnxTensor input = OnnxTensor.createTensor(environment, noisy.duplicate(), shape);
                OrtSession.Result result = session.run(Map.of("image", input))) {
            return (float[][]) result.get(0).getValue();
        } catch (OrtException exception) {
            throw new IllegalStateException("ONNX Runtime does not run the exported network", exception);
        }
    }

    static int argmax(float[] logits) {
        int largest = 0;
        for (int c = 1; c < logits.length; c++) {
            largest = logits[c] > logits[largest] ? c : largest;
        }
        return largest;
    }
}
