// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.onnx;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;

/**
 * A named constant.
 *
 * @param values float32, row-major
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier from the network to the file, never compared
public record OnnxTensor(String name, List<Long> shape, float[] values) {
    TensorProto toProto() {
        ByteBuffer raw = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return TensorProto.newBuilder()
                .addAllDims(shape)
                .setDataType(DataType.FLOAT_VALUE)
                .setName(name)
                .setRawData(ByteString.copyFrom(raw))
                .build();
    }
}
