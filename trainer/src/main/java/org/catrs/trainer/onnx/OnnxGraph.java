// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.OperatorSetIdProto;
import org.catrs.schemas.onnx.proto.StringStringEntryProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;
import org.catrs.schemas.onnx.proto.TensorShapeProto;
import org.catrs.schemas.onnx.proto.TypeProto;
import org.catrs.schemas.onnx.proto.ValueInfoProto;

/**
 * An ONNX graph that takes a batch of float32 tensors through nodes, one after the other, with branches that join again.
 */
public final class OnnxGraph {
    private static final int IR_VERSION = 8;
    private static final int OPERATOR_SET = 17;

    private final OnnxValue input;
    private final OnnxValue output;
    private final List<OnnxNode> nodes = new ArrayList<>();
    private String value;

    /** A graph without nodes; shapes are those of one item of the batch. */
    public OnnxGraph(String inputName, List<Long> inputShape, String outputName, List<Long> outputShape) {
        input = new OnnxValue(inputName, inputShape);
        output = new OnnxValue(outputName, outputShape);
        value = inputName;
    }

    /** Name of the value that the graph computes so far, for a branch to begin at or to be joined with. */
    public String value() {
        return value;
    }

    /** Begins a branch: the next node takes an earlier value. */
    public void continueFrom(String earlier) {
        value = earlier;
    }

    /**
     * Adds a node, which takes what the graph computes so far, and constants.
     *
     * @param operator name of an operator of ONNX's default domain, version 17
     * @param attributes lists of integers; a list of one becomes a single integer
     */
    public void add(String operator, Map<String, List<Long>> attributes, OnnxTensor... constants) {
        append(List.of(value), operator, attributes, constants);
    }

    /**
     * Adds a node that takes an earlier value and what the graph computes so far.
     *
     * @param operator name of an operator of ONNX's default domain, version 17, of two inputs
     */
    public void join(String operator, String earlier) {
        append(List.of(earlier, value), operator, Map.of());
    }

    private void append(
            List<String> inputs, String operator, Map<String, List<Long>> attributes, OnnxTensor... constants) {
        value = "value" + nodes.size();
        nodes.add(new OnnxNode(inputs, value, operator, new TreeMap<>(attributes), List.of(constants)));
    }

    /**
     * The whole file.
     *
     * @param metadata facts about the model, for its metadata_props
     */
    public byte[] toBytes(Map<String, String> metadata) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("catrs")
                .setGraph(graph())
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET));
        new TreeMap<>(metadata)
                .forEach((key, value) -> model.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return new OnnxModel(model.build()).toByteArray();
    }

    private GraphProto graph() {
        GraphProto.Builder graph = GraphProto.newBuilder().setName("classifier");
        for (OnnxNode node : nodes) {
            graph.addNode(node.toProto(node.output().equals(value) ? output.name() : node.output()));
            node.constants().forEach(constant -> graph.addInitializer(constant.toProto()));
        }
        return graph.addInput(input.toProto()).addOutput(output.toProto()).build();
    }

    /** A named float32 tensor with a batch in front of its shape. */
    private record OnnxValue(String name, List<Long> shape) {
        ValueInfoProto toProto() {
            TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
            dimensions.addDimBuilder().setDimParam("batch");
            shape.forEach(dimension -> dimensions.addDimBuilder().setDimValue(dimension));
            TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                    .setElemType(DataType.FLOAT_VALUE)
                    .setShape(dimensions)
                    .build();
            return ValueInfoProto.newBuilder()
                    .setName(name)
                    .setType(TypeProto.newBuilder().setTensorType(tensor))
                    .build();
        }
    }
}
