// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.catrs.certifier.smoothing.noise.NoiseSampler;
import org.catrs.schemas.CloseOnFailure;

/** One thread's buffers for running a network again and again at one batch size. */
public final class BatchRunner implements ImageBatch {
    private final OrtSession session;
    private final int batch;
    private final BatchInput input;
    private final FloatBuffer logits;
    private final OnnxTensor output;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;
    private final float[] row;
    /** Places from here on are black. */
    private int black;

    /**
     * Takes buffers for batches of one size.
     *
     * @param classes number of the network's classes
     */
    public BatchRunner(OnnxSession network, int batch, int classes) throws OrtException {
        this(network, BatchInput.of(network, batch), batch, classes);
    }

    /** Takes over an input, which is closed with this, or when this cannot be made. */
    BatchRunner(OnnxSession network, BatchInput input, int batch, int classes) throws OrtException {
        try (CloseOnFailure opened = new CloseOnFailure()) {
            this.session = network.session();
            this.batch = batch;
            this.black = batch;
            this.input = opened.add(input);
            this.logits = FloatInput.direct(Math.multiplyExact(batch, classes));
            this.row = new float[classes];
            this.output = opened.add(
                    OnnxTensor.createTensor(OnnxEnvironment.environment(), logits, new long[] {batch, classes}));
            this.inputs = Map.of(network.signature().input(), input.tensor());
            this.outputs = Map.of(network.signature().output(), output);
            opened.succeeded();
        }
    }

    @Override
    public float[] image() {
        return input.image();
    }

    @Override
    public void put(int place) {
        input.put(place);
    }

    /** Draws a noisy image to a place of the batch; false when the draw failed. */
    public boolean draw(NoiseSampler noise, long index, int place) {
        return input.draw(noise, index, place);
    }

    /** Puts black images to the places from a number on, so that no earlier batch's images stand there. */
    public void leaveBlack(int from) {
        if (from < black) {
            Arrays.fill(image(), 0);
        }
        for (int place = from; place < black; place++) {
            put(place);
        }
        black = from;
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
    public int vote(int place) {
        return vote(logits(place));
    }

    /** The largest logit's class, the lowest of those that tie; -1 when a logit is NaN. */
    public static int vote(float[] scores) {
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

    /** Images in a run. */
    public int batch() {
        return batch;
    }

    @Override
    public void close() {
        input.close();
        output.close();
    }
}
