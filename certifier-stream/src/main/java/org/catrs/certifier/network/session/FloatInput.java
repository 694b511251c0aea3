// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.catrs.certifier.smoothing.noise.NoiseSampler;
import org.catrs.schemas.image.ImageShape;

/** Images as float32, batch x channels x height x width. */
final class FloatInput implements BatchInput {
    private final FloatBuffer images;
    private final OnnxTensor tensor;
    private final float[] image;

    FloatInput(ImageShape shape, int batch) throws OrtException {
        this.image = new float[shape.size()];
        this.images = direct(Math.multiplyExact(batch, shape.size()));
        this.tensor = OnnxTensor.createTensor(OnnxEnvironment.environment(), images, new long[] {
            batch, shape.channels(), shape.height(), shape.width()
        });
    }

    @Override
    public OnnxTensor tensor() {
        return tensor;
    }

    @Override
    public float[] image() {
        return image;
    }

    @Override
    public void put(int place) {
        images.put(place * image.length, image);
    }

    @Override
    public boolean draw(NoiseSampler noise, long index, int place) {
        boolean drawn = noise.draw(index, image, 0);
        put(place);
        return drawn;
    }

    /** Memory that ONNX Runtime reads and writes where it lies. */
    static FloatBuffer direct(int size) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(Float.BYTES, size))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
