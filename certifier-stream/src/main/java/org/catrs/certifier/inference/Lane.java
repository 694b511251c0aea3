// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/** One thread's buffers for running a network again and again at one batch size. */
final class Lane implements ImageBatch {
    private final OrtSession session;
    private final int batch;
    private final int imageSize;
    private final FloatBuffer images;
    private final FloatBuffer logits;
    private final OnnxTensor input;
    private final OnnxTensor output;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;
    private final float[] image;
    private final float[] row;

    Lane(Network network, int batch, int classes) throws OrtException {
        Signature signature = network.signature();
        this.session = network.session();
        this.batch = batch;
        this.imageSize = signature.image().size();
        this.images = direct(Math.multiplyExact(batch, imageSize));
        this.logits = direct(batch * classes);
        this.input = OnnxTensor.createTensor(Engine.environment(), images, new long[] {
            batch,
            signature.image().channels(),
            signature.image().height(),
            signature.image().width()
        });
        this.output = OnnxTensor.createTensor(Engine.environment(), logits, new long[] {batch, classes});
        this.inputs = Map.of(signature.input(), input);
        this.outputs = Map.of(signature.output(), output);
        this.image = new float[imageSize];
        this.row = new float[classes];
    }

    @Override
    public float[] image() {
        return image;
    }

    @Override
    public void put(int place) {
        images.put(place * imageSize, image);
    }

    @Override
    public void run() throws OrtException {
        session.run(inputs, Set.of(), outputs).close();
    }

    @Override
    public float[] logits(int place) {
        logits.get(place * row.length, row);
        return row;
    }

    /** The class that the image at a place of the batch votes for, or -1. */
    int vote(int place) {
        return vote(logits(place));
    }

    /** The largest logit's class, the lowest of those that tie; -1 when a logit is NaN. */
    static int vote(float[] scores) {
        int top = 0;
        for (int label = 0; label < scores.length; label++) {
            if (Float.isNaN(scores[label])) {
                return -1;
            }
            if (scores[label] > scores[top]) {
                top = label;
            }
        }
        return top;
    }

    int batch() {
        return batch;
    }

    @Override
    public void close() {
        input.close();
        output.close();
    }

    private static FloatBuffer direct(int size) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(Float.BYTES, size))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
