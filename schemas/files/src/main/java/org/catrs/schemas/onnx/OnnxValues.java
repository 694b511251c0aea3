// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.onnx;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import org.catrs.schemas.onnx.proto.TensorProto;

/** Reads the values of constants, whichever of ONNX's two ways they are written in. */
public final class OnnxValues {
    private OnnxValues() {}

    /** The values of a float32 constant, row-major; as many as there are, whatever its shape says. */
    public static float[] floats(TensorProto constant) {
        float[] values;
        if (constant.hasRawData()) {
            FloatBuffer raw = constant.getRawData()
                    .asReadOnlyByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
            values = new float[raw.remaining()];
            raw.get(values);
        } else {
            values = new float[constant.getFloatDataCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = constant.getFloatData(i);
            }
        }
        return values;
    }

    /** The values of an int64 constant, row-major; as many as there are, whatever its shape says. */
    public static long[] longs(TensorProto constant) {
        if (!constant.hasRawData()) {
            return constant.getInt64DataList().stream()
                    .mapToLong(Long::longValue)
                    .toArray();
        }
        LongBuffer raw = constant.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer();
        long[] values = new long[raw.remaining()];
        raw.get(values);
        return values;
    }
}
