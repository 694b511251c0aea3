// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import org.catrs.certifier.smoothing.noise.NoiseSampler;

/** A batch of images in a network's own form. An instance serves one thread. */
sealed interface BatchInput extends AutoCloseable permits FloatInput, CodeInput {
    /** What the network takes; it sees what was last put. */
    OnnxTensor tensor();

    /** Room for one image, float32, C x H x W. */
    float[] image();

    /** Copies {@link #image()} to a place of the batch. */
    void put(int place);

    /**
     * Draws a noisy image to a place of the batch.
     *
     * @return whether the draw succeeded; a sample whose draw failed must vote for no class
     */
    boolean draw(NoiseSampler noise, long index, int place);

    @Override
    default void close() {
        tensor().close();
    }

    static BatchInput of(OnnxSession network, int batch) throws OrtException {
        CodeTable codes = network.codes();
        return codes == null ? new FloatInput(network.signature().image(), batch) : new CodeInput(codes, batch);
    }
}
