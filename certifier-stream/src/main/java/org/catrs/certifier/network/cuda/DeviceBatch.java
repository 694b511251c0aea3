// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cuda;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Map;
import java.util.Set;
import org.catrs.certifier.network.session.OnnxEnvironment;
import org.catrs.schemas.CloseOnFailure;
import org.catrs.schemas.image.ImageShape;

/**
 * One batch of noisy images in the host's memory, on its way to a device, and the votes that come back. Several threads
 * may fill different places at once.
 */
final class DeviceBatch implements AutoCloseable {
    private final DeviceSession session;
    private final int imageSize;
    private final ShortBuffer steps;
    private final FloatBuffer images;
    private final FloatBuffer drawn;
    private final FloatBuffer votes;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    DeviceBatch(DeviceSession session, DeviceNetwork network, PixelTransport transport) throws OrtException {
        this.session = session;
        ImageShape image = network.signature().image();
        int size = network.batch();
        int classes = network.classes();
        this.imageSize = image.size();
        ByteBuffer bytes = direct(Math.multiplyExact(Math.multiplyExact(size, imageSize), transport.tensorType.size));
        this.steps = bytes.asShortBuffer();
        this.images = bytes.asFloatBuffer();
        this.drawn = direct(Math.multiplyExact(size, Float.BYTES)).asFloatBuffer();
        this.votes = direct(Math.multiplyExact(classes, Float.BYTES)).asFloatBuffer();
        long[] shape = {size, image.channels(), image.height(), image.width()};
        OrtEnvironment environment = OnnxEnvironment.environment();
        try (CloseOnFailure opened = new CloseOnFailure()) {
            this.inputs = Map.of(
                    CountingGraph.IMAGES,
                    opened.add(OnnxTensor.createTensor(environment, bytes, shape, transport.tensorType)),
                    CountingGraph.DRAWN,
                    opened.add(OnnxTensor.createTensor(environment, drawn, new long[] {size, 1})));
            this.outputs = Map.of(
                    CountingGraph.VOTES, opened.add(OnnxTensor.createTensor(environment, votes, new long[] {classes})));
            opened.succeeded();
        }
    }

    DeviceSession session() {
        return session;
    }

    /** Puts an image of grid steps, int16, C x H x W, at a place of a batch of {@link PixelTransport#STEPS}. */
    void put(int place, short[] image, boolean isDrawn) {
        steps.put(place * imageSize, image);
        drawn.put(place, isDrawn ? 1 : 0);
    }

    /** Puts an image, float32, C x H x W, at a place of a batch of {@link PixelTransport#FLOATS}. */
    void put(int place, float[] image, boolean isDrawn) {
        images.put(place * imageSize, image);
        drawn.put(place, isDrawn ? 1 : 0);
    }

    /** Lets the places from a number on vote for no class, whatever images stand there. */
    void leaveOut(int from) {
        for (int place = from; place < drawn.capacity(); place++) {
            drawn.put(place, 0);
        }
    }

    /** Runs the network on the device; to be called on the session's thread. Returns votes by class. */
    float[] run() throws OrtException {
        session.session().run(inputs, Set.of(), outputs).close();
        float[] found = new float[votes.capacity()];
        votes.get(0, found);
        return found;
    }

    /** The batch as it travels. */
    Map<String, OnnxTensor> inputs() {
        return inputs;
    }

    @Override
    public void close() {
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
}
