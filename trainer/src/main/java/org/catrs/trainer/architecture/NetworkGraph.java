// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.onnx.GraphBuilder;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;

/**
 * The ONNX graph of a network as its layers add to it: nodes one after the other, with branches that join again. It takes
 * {@value #INPUT}, float32 [batch, C, H, W], and gives {@value #OUTPUT}, float32 [batch, classes].
 */
public final class NetworkGraph {
    private static final String INPUT = "image";
    private static final String OUTPUT = "logits";

    private final ImageShape image;
    private final int classes;
    private final List<Node> nodes = new ArrayList<>();
    private String value = INPUT;

    /** A graph without nodes. */
    NetworkGraph(ImageShape image, int classes) {
        this.image = image;
        this.classes = classes;
    }

    /** Name of the value that the graph computes so far, for a branch to begin at or to be joined with. */
    String value() {
        return value;
    }

    /** Begins a branch: the next node takes an earlier value. */
    void continueFrom(String earlier) {
        value = earlier;
    }

    /**
     * Adds a node, which takes what the graph computes so far, and constants.
     *
     * @param operator name of an operator of ONNX's own, version 17
     * @param attributes lists of integers; a list of one becomes a single integer
     */
    void add(String operator, Map<String, List<Long>> attributes, Constant... constants) {
        append(List.of(value), operator, attributes, constants);
    }

    /**
     * Adds a node that takes an earlier value and what the graph computes so far.
     *
     * @param operator name of an operator of ONNX's own, version 17, of two inputs
     */
    void join(String operator, String earlier) {
        append(List.of(earlier, value), operator, Map.of());
    }

    private void append(
            List<String> inputs, String operator, Map<String, List<Long>> attributes, Constant... constants) {
        value = "value" + nodes.size();
        nodes.add(new Node(inputs, value, operator, attributes, List.of(constants)));
    }

    /**
     * The whole file.
     *
     * @param metadata facts about the model, for its metadata_props
     */
    public byte[] toBytes(Map<String, String> metadata) {
        GraphBuilder graph = new GraphBuilder("classifier");
        for (Node node : nodes) {
            List<String> inputs = new ArrayList<>(node.inputs());
            node.constants()
                    .forEach(
                            constant -> inputs.add(graph.floats(constant.name(), constant.shape(), constant.values())));
            String output = node.output().equals(value) ? OUTPUT : node.output();
            graph.node(node.operator(), inputs, output, node.attributes());
        }
        graph.input(INPUT, DataType.FLOAT, image.channels(), image.height(), image.width());
        graph.output(OUTPUT, DataType.FLOAT, classes);
        return graph.model(metadata).toByteArray();
    }

    /**
     * One operation.
     *
     * @param inputs names of the values that it takes, before its constants
     * @param output name of the value that it gives
     */
    private record Node(
            List<String> inputs,
            String output,
            String operator,
            Map<String, List<Long>> attributes,
            List<Constant> constants) {}
}
