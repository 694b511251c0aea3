// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.onnx;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.catrs.schemas.onnx.proto.AttributeProto;
import org.catrs.schemas.onnx.proto.AttributeProto.AttributeType;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;
import org.catrs.schemas.onnx.proto.TensorShapeProto;
import org.catrs.schemas.onnx.proto.TypeProto;
import org.catrs.schemas.onnx.proto.ValueInfoProto;

/** Makes the parts of an ONNX graph. */
public final class OnnxParts {
    private OnnxParts() {}

    /** A node of ONNX's own operators with one output, which names the node too. */
    public static NodeProto node(String operator, List<String> inputs, String output, AttributeProto... attributes) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .setName(operator + "/" + output)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes))
                .build();
    }

    /** An attribute that is an integer. */
    public static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INT)
                .setI(value)
                .build();
    }

    /** An attribute that is a list of integers. */
    public static AttributeProto integers(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    /** A float32 constant, row-major. */
    public static TensorProto floats(String name, List<Long> shape, float... values) {
        ByteBuffer raw = littleEndian(Float.BYTES * values.length);
        raw.asFloatBuffer().put(values);
        return tensor(name, shape, DataType.FLOAT, raw);
    }

    /** An int64 constant of one dimension. */
    public static TensorProto longs(String name, long... values) {
        ByteBuffer raw = littleEndian(Long.BYTES * values.length);
        raw.asLongBuffer().put(values);
        return tensor(name, List.of((long) values.length), DataType.INT64, raw);
    }

    /** An int32 constant of one dimension. */
    static TensorProto ints(String name, int... values) {
        ByteBuffer raw = littleEndian(Integer.BYTES * values.length);
        raw.asIntBuffer().put(values);
        return tensor(name, List.of((long) values.length), DataType.INT32, raw);
    }

    /** A constant of a type of one byte, row-major. */
    static TensorProto bytes(String name, List<Long> shape, DataType type, byte... values) {
        return tensor(name, shape, type, ByteBuffer.wrap(values));
    }

    /** A constant of any type whose values are little-endian bytes. */
    public static TensorProto tensor(String name, List<Long> shape, DataType type, ByteBuffer raw) {
        return TensorProto.newBuilder()
                .setName(name)
                .addAllDims(shape)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(raw))
                .build();
    }

    /** Name and type of a tensor of a fixed shape that flows along a graph. */
    public static ValueInfoProto value(String name, DataType type, long... shape) {
        return value(name, type, TensorShapeProto.newBuilder(), shape);
    }

    /** Name and type of a batch of tensors of a shape that flows along a graph; the batch may have any size. */
    public static ValueInfoProto batch(String name, DataType type, long... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        dimensions.addDimBuilder().setDimParam("batch");
        return value(name, type, dimensions, shape);
    }

    private static ValueInfoProto value(
            String name, DataType type, TensorShapeProto.Builder dimensions, long... shape) {
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

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
