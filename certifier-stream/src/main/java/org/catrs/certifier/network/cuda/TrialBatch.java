// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cuda;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.catrs.certifier.network.session.BatchRunner;
import org.catrs.certifier.network.session.ImageBatch;
import org.catrs.certifier.network.session.NetworkSignature;

/** A batch on a device that gives, beside the labels, the images and the logits that they come from. */
final class TrialBatch implements ImageBatch {
    private final DeviceBatch batch;
    private final NetworkSignature signature;
    private final PixelTransport transport;
    private final float[] image;
    private final short[] steps;
    private final float[] images;
    private final float[] logits;
    private final float[] labels;

    TrialBatch(DeviceSession session, DeviceNetwork network, PixelTransport transport) throws OrtException {
        this.signature = network.signature();
        this.transport = transport;
        this.image = new float[signature.image().size()];
        this.steps = new short[image.length];
        this.images = new float[network.batch() * image.length];
        this.logits = new float[network.batch() * network.classes()];
        this.labels = new float[network.batch()];
        this.batch = new DeviceBatch(session, network, transport);
    }

    @Override
    public float[] image() {
        return image;
    }

    @Override
    public void put(int place) {
        switch (transport) {
            case STEPS -> {
                for (int i = 0; i < image.length; i++) {
                    steps[i] = (short) Math.round(image[i] * CountingGraph.GRID_STEPS);
                }
                batch.put(place, steps);
            }
            case FLOATS -> batch.put(place, image);
        }
    }

    @Override
    public void run() throws OrtException {
        batch.session().call(this::runThere);
    }

    private void runThere() throws OrtException {
        try (OrtSession.Result result = batch.session().session().run(batch.inputs())) {
            read(result, signature.input(), images);
            read(result, signature.output(), logits);
            read(result, CountingGraph.LABELS, labels);
        }
    }

    private static void read(OrtSession.Result result, String name, float[] target) {
        FloatBuffer values = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
        values.get(0, target);
    }

    @Override
    public float[] logits(int place) {
        int classes = logits.length / labels.length;
        return Arrays.copyOfRange(logits, place * classes, (place + 1) * classes);
    }

    /** The images as the network got them. */
    float[] images() {
        return images;
    }

    /** The class that each image votes for as the device finds it, or -1. */
    float[] labels() {
        return labels;
    }

    /** The class that each image votes for as the host finds it, or -1. */
    float[] expectedLabels() {
        float[] expected = new float[labels.length];
        for (int place = 0; place < expected.length; place++) {
            expected[place] = BatchRunner.vote(logits(place));
        }
        return expected;
    }

    @Override
    public void close() {
        batch.close();
    }
}
