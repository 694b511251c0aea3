// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.catrs.certifier.smoothing.noise.GridNoiseSampler;
import org.catrs.certifier.smoothing.noise.NoiseSampler;

/** Images as a quantised network's codes. Noise on the grid becomes codes by a table, without a float between. */
final class CodeInput implements BatchInput {
    private final CodeTable codes;
    private final ByteBuffer images;
    private final OnnxTensor tensor;
    private final float[] image;
    private final short[] steps;
    private final byte[] coded;

    CodeInput(CodeTable codes, int batch) throws OrtException {
        int size = codes.imageSize();
        this.codes = codes;
        this.image = new float[size];
        this.steps = new short[size];
        this.coded = new byte[size];
        this.images = ByteBuffer.allocateDirect(Math.multiplyExact(batch, size)).order(ByteOrder.nativeOrder());
        this.tensor = OnnxTensor.createTensor(
                OnnxEnvironment.environment(), images, codes.inputShape(batch), OnnxJavaType.UINT8);
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
        codes.encode(image, coded);
        images.put(place * coded.length, coded);
    }

    @Override
    public boolean draw(NoiseSampler noise, long index, int place) {
        if (!(noise instanceof GridNoiseSampler grid)) {
            boolean drawn = noise.draw(index, image, 0);
            put(place);
            return drawn;
        }
        boolean drawn = grid.drawSteps(index, steps, 0);
        codes.encode(steps, coded);
        images.put(place * coded.length, coded);
        return drawn;
    }
}
