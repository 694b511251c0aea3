// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.SplittableRandom;
import org.catrs.certifier.network.session.OnnxEnvironment;
import org.catrs.schemas.onnx.OnnxModel;

/**
 * Runs a network on batches of images in ONNX Runtime, with others beside an image and with the image elsewhere: what it
 * finds mixed is mixed, whatever the graph looks like.
 */
final class CompanionTrial {
    private final OrtSession session;
    private final int batch;
    private final long[] shape;
    private final int size;

    private CompanionTrial(OrtSession session, int batch, long... image) {
        this.session = session;
        this.batch = batch;
        this.shape = new long[image.length + 1];
        this.shape[0] = batch;
        System.arraycopy(image, 0, shape, 1, image.length);
        int values = 1;
        for (long axis : image) {
            values *= (int) axis;
        }
        this.size = values;
    }

    /** Whether an image's output was seen to depend on anything but the image. */
    static boolean mixes(OnnxModel model, int batch, long... image) throws OrtException {
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            try (OrtSession session = OnnxEnvironment.environment().createSession(model.toByteArray(), options)) {
                return new CompanionTrial(session, batch, image).mixes();
            }
        }
    }

    private boolean mixes() throws OrtException {
        SplittableRandom random = new SplittableRandom(3);
        for (int place = 0; place < batch; place++) {
            float[] images = images(random, 1 + place % 3);
            float[] expected = run(images);
            float[] others = images(random, 2);
            System.arraycopy(images, place * size, others, place * size, size);
            if (differs(expected, place, run(others), place, 0)) {
                return true;
            }
            // Elsewhere a kernel may sum in another order, as at the end of a row of vectors.
            int elsewhere = (place + 1) % batch;
            System.arraycopy(images, place * size, others, elsewhere * size, size);
            if (differs(expected, place, run(others), elsewhere, 1e-3)) {
                return true;
            }
        }
        return false;
    }

    private float[] images(SplittableRandom random, double scale) {
        float[] images = new float[batch * size];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) (scale * random.nextGaussian());
        }
        return images;
    }

    private boolean differs(float[] one, int place, float[] other, int otherPlace, double tolerance) {
        int row = one.length / batch;
        if (one.length != other.length || row * batch != one.length) {
            return true;
        }
        for (int i = 0; i < row; i++) {
            float a = one[place * row + i];
            float b = other[otherPlace * row + i];
            boolean isNear = Math.abs(a - b) <= tolerance * (1 + Math.abs(a));
            if (Float.compare(a, b) != 0 && !isNear) {
                return true;
            }
        }
        return false;
    }

    private float[] run(float[] images) throws OrtException {
        try (OnnxTensor input =
                        OnnxTensor.createTensor(OnnxEnvironment.environment(), FloatBuffer.wrap(images), shape);
                OrtSession.Result result = session.run(Map.of("x", input))) {
            FloatBuffer logits = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] all = new float[logits.remaining()];
            logits.get(all);
            return all;
        }
    }
}
