// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.catrs.schemas.onnx.proto.AttributeProto;
import org.catrs.schemas.onnx.proto.AttributeProto.AttributeType;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;
import org.catrs.schemas.onnx.proto.TensorShapeProto;
import org.catrs.schemas.onnx.proto.TypeProto;
import org.catrs.schemas.onnx.proto.ValueInfoProto;

/** Writes nodes and constants into a graph. Constants give back their names, as nodes take them. */
final class GraphWriter {
    /** Domain of ONNX's own operators. */
    static final String STANDARD = "";
    /** Domain of ONNX Runtime's operators on integers. */
    static final String MICROSOFT = "com.microsoft";

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("int8 classifier");

    GraphProto.Builder graph() {
        return graph;
    }

    void node(String domain, String operator, List<String> inputs, String output, Map<String, List<Long>> attributes) {
        NodeProto.Builder node = NodeProto.newBuilder()
                .setName(operator + "/" + output)
                .setDomain(domain)
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(output);
        new TreeMap<>(attributes).forEach((name, values) -> node.addAttribute(attribute(name, values)));
        graph.addNode(node);
    }

    /** A list of one becomes a single integer. */
    private static AttributeProto attribute(String name, List<Long> values) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
        return values.size() == 1
                ? attribute.setI(values.get(0)).setType(AttributeType.INT).build()
                : attribute.addAllInts(values).setType(AttributeType.INTS).build();
    }

    String floats(String name, List<Long> shape, float... values) {
        ByteBuffer raw = raw(Float.BYTES * values.length);
        raw.asFloatBuffer().put(values);
        return constant(name, DataType.FLOAT, shape, raw);
    }

    String integers(String name, int... values) {
        ByteBuffer raw = raw(Integer.BYTES * values.length);
        raw.asIntBuffer().put(values);
        return constant(name, DataType.INT32, List.of((long) values.length), raw);
    }

    /** A shape, for Reshape. */
    String shape(String name, long... sizes) {
        ByteBuffer raw = raw(Long.BYTES * sizes.length);
        raw.asLongBuffer().put(sizes);
        return constant(name, DataType.INT64, List.of((long) sizes.length), raw);
    }

    String bytes(String name, DataType type, List<Long> shape, byte... values) {
        return constant(name, type, shape, ByteBuffer.wrap(values));
    }

    /** A value that flows into or out of the graph; the batch comes before its shape. */
    static ValueInfoProto value(String name, DataType type, long... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        dimensions.addDimBuilder().setDimParam("batch");
        for (long size : shape) {
            dimensions.addDimBuilder().setDimValue(size);
        }
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(type.getNumber())
                .setShape(dimensions)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    private String constant(String name, DataType type, List<Long> shape, ByteBuffer raw) {
        graph.addInitializerBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .addAllDims(shape)
                .setRawData(ByteString.copyFrom(raw));
        return name;
    }

    private static ByteBuffer raw(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
