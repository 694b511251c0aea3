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
 * One batch of noisy images in the host's memory, on its way to a device, and the labels that come back. Several threads
 * may fill different places at once.
 */
final class DeviceBatch implements AutoCloseable {
    private final DeviceSession session;
    private final int imageSize;
    private final byte[] blackImage;
    private final ByteBuffer bytes;
    private final ShortBuffer steps;
    private final FloatBuffer images;
    private final FloatBuffer labels;
    private final float[] found;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;
    /** Places from here on are black. */
    private int black;

    DeviceBatch(DeviceSession session, DeviceNetwork network, PixelTransport transport) throws OrtException {
        this.session = session;
        ImageShape image = network.signature().image();
        int size = network.batch();
        this.imageSize = image.size();
        this.blackImage = new byte[Math.multiplyExact(imageSize, transport.tensorType.size)];
        this.bytes = direct(Math.multiplyExact(size, blackImage.length));
        this.steps = bytes.asShortBuffer();
        this.images = bytes.asFloatBuffer();
        this.labels = direct(Math.multiplyExact(size, Float.BYTES)).asFloatBuffer();
        this.found = new float[size];
        long[] shape = {size, image.channels(), image.height(), image.width()};
        OrtEnvironment environment = OnnxEnvironment.environment();
        try (CloseOnFailure opened = new CloseOnFailure()) {
            this.inputs = Map.of(
                    CountingGraph.IMAGES,
                    opened.add(OnnxTensor.createTensor(environment, bytes, shape, transport.tensorType)));
            this.outputs = Map.of(
                    CountingGraph.LABELS,
                    opened.add(OnnxTensor.createTensor(environment, labels, new long[] {size, 1})));
            opened.succeeded();
        }
    }

    DeviceSession session() {
        return session;
    }

    /** Puts an image of grid steps, int16, C x H x W, at a place of a batch of {@link PixelTransport#STEPS}. */
    void put(int place, short[] image) {
        steps.put(place * imageSize, image);
    }

    /** Puts an image, float32, C x H x W, at a place of a batch of {@link PixelTransport#FLOATS}. */
    void put(int place, float[] image) {
        images.put(place * imageSize, image);
    }

    /** Leaves the places from a number on black, so that no earlier batch's images stand there. */
    void leaveBlack(int from) {
        for (int place = from; place < black; place++) {
            bytes.put(place * blackImage.length, blackImage);
        }
        black = from;
    }

    /**
     * Runs the network on the device; to be called on the session's thread.
     *
     * @return by place, the class that the image there votes for, or -1; written anew by the next run
     */
    float[] run() throws OrtException {
        session.session().run(inputs, Set.of(), outputs).close();
        labels.get(0, found);
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
