// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cuda;

import ai.onnxruntime.OnnxJavaType;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;

/** How noisy images travel from the host's memory to a device's. */
enum PixelTransport {
    /** As int16 steps of the 1/255 grid: half the bytes, and the graph makes the floats of them. */
    STEPS(OnnxJavaType.INT16, DataType.INT16),
    /** As the float32 that the network takes, for noise that no grid holds. */
    FLOATS(OnnxJavaType.FLOAT, DataType.FLOAT);

    final OnnxJavaType tensorType;
    final DataType graphType;

    PixelTransport(OnnxJavaType tensorType, DataType graphType) {
        this.tensorType = tensorType;
        this.graphType = graphType;
    }

    static PixelTransport of(NoiseKind noise) {
        return switch (noise) {
            case DISCRETE -> STEPS;
            case GAUSSIAN -> FLOATS;
        };
    }
}
