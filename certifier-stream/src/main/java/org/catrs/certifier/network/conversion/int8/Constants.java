// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.onnx.proto.AttributeProto;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;

/** The constants of a graph, by name. */
final class Constants {
    private final Map<String, TensorProto> tensors = new HashMap<>();
    private final String source;

    Constants(GraphProto graph, String source) {
        this.source = source;
        graph.getInitializerList().forEach(tensor -> tensors.put(tensor.getName(), tensor));
        for (NodeProto node : graph.getNodeList()) {
            if (node.getOpType().equals("Constant")) {
                node.getAttributeList().stream()
                        .filter(AttributeProto::hasT)
                        .forEach(attribute -> tensors.put(node.getOutput(0), attribute.getT()));
            }
        }
    }

    boolean has(String name) {
        return tensors.containsKey(name);
    }

    List<Long> shape(String name) {
        return tensor(name).getDimsList();
    }

    /** The values of a float32 constant, row-major. */
    float[] floats(String name) {
        TensorProto tensor = tensor(name);
        FloatBuffer values = FloatBuffer.allocate(size(tensor));
        if (tensor.getDataType() != DataType.FLOAT_VALUE) {
            throw wrong(name, "float32");
        } else if (tensor.hasRawData()) {
            values.put(tensor.getRawData()
                    .asReadOnlyByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer());
        } else {
            tensor.getFloatDataList().forEach(values::put);
        }
        if (values.hasRemaining()) {
            throw wrong(name, "whole");
        }
        return values.array();
    }

    /** The value of a uint8 constant of one element. */
    int uint8(String name) {
        return tensor(name).getRawData().byteAt(0) & 0xFF;
    }

    /** The values of an int64 constant. */
    long[] longs(String name) {
        TensorProto tensor = tensor(name);
        LongBuffer values = LongBuffer.allocate(size(tensor));
        if (tensor.getDataType() != DataType.INT64_VALUE) {
            throw wrong(name, "int64");
        } else if (tensor.hasRawData()) {
            values.put(tensor.getRawData()
                    .asReadOnlyByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asLongBuffer());
        } else {
            tensor.getInt64DataList().forEach(values::put);
        }
        return values.array();
    }

    private TensorProto tensor(String name) {
        TensorProto tensor = tensors.get(name);
        if (tensor == null) {
            throw new InvalidDataException(
                    source + " computes '" + name + "', which int8 needs as a constant; " + GraphReader.INSTEAD);
        }
        return tensor;
    }

    private static int size(TensorProto tensor) {
        return Math.toIntExact(
                tensor.getDimsList().stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact));
    }

    private InvalidDataException wrong(String name, String needed) {
        TensorProto tensor = tensor(name);
        return new InvalidDataException(source + " has the constant '" + name + "' of type " + tensor.getDataType()
                + " and shape " + Arrays.toString(tensor.getDimsList().toArray()) + ", which int8 needs " + needed
                + "; " + GraphReader.INSTEAD);
    }
}
