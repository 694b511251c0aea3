// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.OnnxParts;
import org.catrs.schemas.onnx.proto.AttributeProto;
import org.catrs.schemas.onnx.proto.AttributeProto.AttributeType;
import org.catrs.schemas.onnx.proto.FunctionProto;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.OperatorSetIdProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;
import org.catrs.schemas.onnx.proto.TypeProto;
import org.catrs.schemas.onnx.proto.ValueInfoProto;

/** Writes a network of a few nodes: its input is x, float32, an open batch of images; its output is y. */
final class SmallNetwork {
    static final String FUNCTIONS = "local";

    private final List<NodeProto> nodes = new ArrayList<>();
    private final List<TensorProto> constants = new ArrayList<>();
    private final List<FunctionProto> functions = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(7);
    private final long[] image;
    private long operators = 17;

    SmallNetwork(long... image) {
        this.image = image.clone();
    }

    SmallNetwork operators(long version) {
        operators = version;
        return this;
    }

    /** A node of ONNX's operators; names of inputs and outputs stand apart by blanks, "-" for one that is left out. */
    SmallNetwork node(String operator, String inputs, String outputs, AttributeProto... attributes) {
        nodes.add(call("", operator, inputs, outputs, attributes));
        return this;
    }

    /** A node of another set of operators. */
    SmallNetwork nodeOf(String domain, String operator, String inputs, String outputs, AttributeProto... attributes) {
        nodes.add(call(domain, operator, inputs, outputs, attributes));
        return this;
    }

    static NodeProto call(String domain, String operator, String inputs, String outputs, AttributeProto... attributes) {
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).setDomain(domain);
        for (String input : inputs.isEmpty() ? new String[0] : inputs.split(" ")) {
            node.addInput(input.equals("-") ? "" : input);
        }
        return node.addAllOutput(List.of(outputs.split(" ")))
                .addAllAttribute(List.of(attributes))
                .build();
    }

    SmallNetwork longs(String name, long... values) {
        constants.add(OnnxParts.longs(name, values));
        return this;
    }

    /** An int64 number. */
    SmallNetwork number(String name, long value) {
        constants.add(OnnxParts.longs(name, value).toBuilder().clearDims().build());
        return this;
    }

    SmallNetwork floats(String name, List<Long> shape, float... values) {
        constants.add(OnnxParts.floats(name, shape, values));
        return this;
    }

    /** Numbers that are always the same for the same network. */
    SmallNetwork weights(String name, long... shape) {
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return floats(name, Arrays.stream(shape).boxed().toList(), values);
    }

    SmallNetwork bytes(String name, DataType type, List<Long> shape, int... values) {
        byte[] raw = new byte[values.length];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (byte) values[i];
        }
        constants.add(TensorProto.newBuilder()
                .setName(name)
                .addAllDims(shape)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(raw))
                .build());
        return this;
    }

    SmallNetwork constant(TensorProto constant) {
        constants.add(constant);
        return this;
    }

    /** A local function of one input, a, and one output, o. */
    SmallNetwork function(String domain, String name, NodeProto... body) {
        functions.add(FunctionProto.newBuilder()
                .setDomain(domain)
                .setName(name)
                .addInput("a")
                .addOutput("o")
                .addAllNode(List.of(body))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(operators))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain(FUNCTIONS).setVersion(1))
                .build());
        return this;
    }

    static AttributeProto graph(String name, GraphProto graph) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.GRAPH)
                .setG(graph)
                .build();
    }

    /** A graph without inputs, for a branch. */
    static GraphProto branch(String output, NodeProto... nodes) {
        return GraphProto.newBuilder()
                .setName(output)
                .addAllNode(List.of(nodes))
                .addOutput(tensor(output, DataType.FLOAT))
                .build();
    }

    /** A loop's body that makes vo of v in each round. */
    static GraphProto body(NodeProto... nodes) {
        return GraphProto.newBuilder()
                .setName("body")
                .addInput(OnnxParts.value("round", DataType.INT64))
                .addInput(OnnxParts.value("on", DataType.BOOL))
                .addInput(tensor("v", DataType.FLOAT))
                .addNode(call("", "Identity", "on", "still"))
                .addAllNode(List.of(nodes))
                .addOutput(OnnxParts.value("still", DataType.BOOL))
                .addOutput(tensor("vo", DataType.FLOAT))
                .build();
    }

    static AttributeProto text(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    /** A tensor of any shape. */
    private static ValueInfoProto tensor(String name, DataType type) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type.getNumber())))
                .build();
    }

    ModelProto.Builder proto() {
        long[] shape = new long[image.length + 1];
        System.arraycopy(image, 0, shape, 1, image.length);
        ValueInfoProto.Builder input = OnnxParts.value("x", DataType.FLOAT, shape).toBuilder();
        input.getTypeBuilder()
                .getTensorTypeBuilder()
                .getShapeBuilder()
                .getDimBuilder(0)
                .setDimParam("batch");
        ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).addAllFunctions(functions);
        model.addOpsetImportBuilder().setVersion(operators);
        model.addOpsetImportBuilder().setDomain("com.microsoft").setVersion(1);
        model.addOpsetImportBuilder().setDomain(FUNCTIONS).setVersion(1);
        model.getGraphBuilder()
                .setName("small")
                .addInput(input)
                .addOutput(tensor("y", DataType.FLOAT))
                .addAllNode(nodes)
                .addAllInitializer(constants);
        return model;
    }

    OnnxModel model() {
        return new OnnxModel(proto().build());
    }
}
