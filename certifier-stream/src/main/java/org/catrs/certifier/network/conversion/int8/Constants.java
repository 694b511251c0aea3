// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.onnx.OnnxValues;
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
        if (tensor.getDataType() != DataType.FLOAT_VALUE) {
            throw wrong(name, "float32");
        }
        float[] values = OnnxValues.floats(tensor);
        if (values.length != size(tensor)) {
            throw wrong(name, "whole");
        }
        return values;
    }

    /** The value of a uint8 constant of one element. */
    int uint8(String name) {
        return tensor(name).getRawData().byteAt(0) & 0xFF;
    }

    /** The values of an int64 constant. */
    long[] longs(String name) {
        TensorProto tensor = tensor(name);
        if (tensor.getDataType() != DataType.INT64_VALUE) {
            throw wrong(name, "int64");
        }
        long[] values = OnnxValues.longs(tensor);
        if (values.length != size(tensor)) {
            throw wrong(name, "whole");
        }
        return values;
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
