// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A named constant.
 *
 * @param values float32, row-major
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier from the network to the file, never compared
public record OnnxTensor(String name, List<Long> shape, float[] values) {
    private static final int FLOAT = 1;

    /** The message TensorProto. */
    ProtobufMessage toMessage() {
        ByteBuffer raw = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        ProtobufMessage message = new ProtobufMessage();
        shape.forEach(dimension -> message.integer(1, dimension));
        return message.integer(2, FLOAT).text(8, name).bytes(9, raw.array());
    }
}
