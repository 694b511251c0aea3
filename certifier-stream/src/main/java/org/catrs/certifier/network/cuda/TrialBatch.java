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

/** A batch on a device that gives, beside the votes, the images and the logits that they come from. */
final class TrialBatch implements ImageBatch {
    private final DeviceBatch batch;
    private final NetworkSignature signature;
    private final PixelTransport transport;
    private final float[] image;
    private final short[] steps;
    private final boolean[] drawn;
    private final float[] images;
    private final float[] logits;
    private final float[] votes;

    TrialBatch(DeviceSession session, DeviceNetwork network, PixelTransport transport) throws OrtException {
        this.signature = network.signature();
        this.transport = transport;
        this.image = new float[signature.image().size()];
        this.steps = new short[image.length];
        this.drawn = new boolean[network.batch()];
        Arrays.fill(drawn, true);
        this.images = new float[network.batch() * image.length];
        this.logits = new float[network.batch() * network.classes()];
        this.votes = new float[network.classes()];
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
                batch.put(place, steps, drawn[place]);
            }
            case FLOATS -> batch.put(place, image, drawn[place]);
        }
    }

    /** Lets an image that is put to a place later vote for no class. */
    void fail(int place) {
        drawn[place] = false;
    }

    @Override
    public void run() throws OrtException {
        batch.session().call(this::runThere);
    }

    private void runThere() throws OrtException {
        try (OrtSession.Result result = batch.session().session().run(batch.inputs())) {
            read(result, signature.input(), images);
            read(result, signature.output(), logits);
            read(result, CountingGraph.VOTES, votes);
        }
    }

    private static void read(OrtSession.Result result, String name, float[] target) {
        FloatBuffer values = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
        values.get(0, target);
    }

    @Override
    public float[] logits(int place) {
        int classes = votes.length;
        return Arrays.copyOfRange(logits, place * classes, (place + 1) * classes);
    }

    /** The images as the network got them. */
    float[] images() {
        return images;
    }

    /** Votes by class as the device counts them. */
    float[] votes() {
        return votes;
    }

    /** Votes by class as the host counts them. */
    float[] expectedVotes() {
        float[] expected = new float[votes.length];
        for (int place = 0; place < drawn.length; place++) {
            int label = drawn[place] ? BatchRunner.vote(logits(place)) : -1;
            if (label >= 0) {
                expected[label]++;
            }
        }
        return expected;
    }

    @Override
    public void close() {
        batch.close();
    }
}
