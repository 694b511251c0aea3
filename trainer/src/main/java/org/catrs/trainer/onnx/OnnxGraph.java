// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An ONNX graph that takes a batch of float32 tensors through a chain of nodes. Field numbers are those of
 * <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>.
 */
public final class OnnxGraph {
    private static final int IR_VERSION = 8;
    private static final int OPERATOR_SET = 17;
    private static final int FLOAT = 1;

    private final OnnxValue input;
    private final OnnxValue output;
    private final List<OnnxNode> nodes = new ArrayList<>();

    /** A graph without nodes; shapes are those of one item of the batch. */
    public OnnxGraph(String inputName, List<Long> inputShape, String outputName, List<Long> outputShape) {
        input = new OnnxValue(inputName, inputShape);
        output = new OnnxValue(outputName, outputShape);
    }

    /**
     * Adds a node, which takes what the graph computes so far, and constants.
     *
     * @param operator name of an operator of ONNX's default domain, version 17
     * @param attributes lists of integers; a list of one becomes a single integer
     */
    public void add(String operator, Map<String, List<Long>> attributes, OnnxTensor... constants) {
        nodes.add(new OnnxNode(operator, new TreeMap<>(attributes), List.of(constants)));
    }

    /**
     * The whole file, a ModelProto.
     *
     * @param metadata facts about the model, for its metadata_props
     */
    public byte[] toBytes(Map<String, String> metadata) {
        ProtobufMessage model = new ProtobufMessage()
                .integer(1, IR_VERSION)
                .text(2, "catrs")
                .message(7, graph())
                .message(8, new ProtobufMessage().text(1, "").integer(2, OPERATOR_SET));
        new TreeMap<>(metadata)
                .forEach((key, value) ->
                        model.message(14, new ProtobufMessage().text(1, key).text(2, value)));
        return model.toByteArray();
    }

    private ProtobufMessage graph() {
        ProtobufMessage graph = new ProtobufMessage();
        String last = input.name();
        for (int i = 0; i < nodes.size(); i++) {
            String next = i == nodes.size() - 1 ? output.name() : "value" + i;
            graph.message(1, nodes.get(i).toMessage(last, next));
            last = next;
        }
        graph.text(2, "classifier");
        nodes.forEach(node -> node.constants().forEach(constant -> graph.message(5, constant.toMessage())));
        return graph.message(11, input.toMessage()).message(12, output.toMessage());
    }

    /** A named float32 tensor with a batch in front of its shape. */
    private record OnnxValue(String name, List<Long> shape) {
        ProtobufMessage toMessage() {
            ProtobufMessage dimensions = new ProtobufMessage().message(1, new ProtobufMessage().text(2, "batch"));
            shape.forEach(dimension -> dimensions.message(1, new ProtobufMessage().integer(1, dimension)));
            ProtobufMessage tensor = new ProtobufMessage().integer(1, FLOAT).message(2, dimensions);
            return new ProtobufMessage().text(1, name).message(2, new ProtobufMessage().message(1, tensor));
        }
    }
}
