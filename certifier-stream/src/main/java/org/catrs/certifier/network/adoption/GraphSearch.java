// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.adoption;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.OnnxValues;
import org.catrs.schemas.onnx.proto.AttributeProto;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;
import org.catrs.schemas.onnx.proto.ValueInfoProto;

/** Finds nodes and constants of a graph. */
final class GraphSearch {
    private final GraphProto graph;
    private final Map<String, NodeProto> makers = new HashMap<>();
    private final Map<String, TensorProto> constants = new HashMap<>();

    GraphSearch(OnnxModel model) {
        this.graph = model.proto().getGraph();
        graph.getNodeList().forEach(node -> node.getOutputList().forEach(output -> makers.put(output, node)));
        graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
        for (NodeProto node : graph.getNodeList()) {
            if (node.getOpType().equals("Constant")) {
                node.getAttributeList().stream()
                        .filter(AttributeProto::hasT)
                        .forEach(attribute -> constants.put(node.getOutput(0), attribute.getT()));
            }
        }
    }

    /** The node that gives a value. */
    Optional<NodeProto> maker(String value) {
        return Optional.ofNullable(makers.get(value));
    }

    Optional<TensorProto> constant(String name) {
        return Optional.ofNullable(constants.get(name));
    }

    /** The values of a float32 constant. */
    Optional<float[]> floats(String name) {
        return constant(name)
                .filter(tensor -> tensor.getDataType() == DataType.FLOAT_VALUE)
                .map(OnnxValues::floats);
    }

    /** The values of an int64 constant. */
    Optional<long[]> longs(String name) {
        return constant(name)
                .filter(tensor -> tensor.getDataType() == DataType.INT64_VALUE)
                .map(OnnxValues::longs);
    }

    /** The values that a node takes, itself or in a graph inside it. */
    private static Set<String> taken(NodeProto node) {
        Set<String> taken = new HashSet<>();
        OnnxModel.nodes(List.of(node)).forEach(inner -> taken.addAll(inner.getInputList()));
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.hasG()) {
                attribute.getG().getOutputList().forEach(output -> taken.add(output.getName()));
            }
        }
        return taken;
    }

    /** The nodes that take a value. */
    List<NodeProto> users(String value) {
        return graph.getNodeList().stream()
                .filter(node -> taken(node).contains(value))
                .toList();
    }

    /** What nodes are called in messages: by their name, or by their first output. */
    static String name(NodeProto node) {
        return node.getName().isEmpty() && node.getOutputCount() > 0 ? node.getOutput(0) : node.getName();
    }

    static long integer(NodeProto node, String name, long standard) {
        return attribute(node, name).map(AttributeProto::getI).orElse(standard);
    }

    static Optional<AttributeProto> attribute(NodeProto node, String name) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst();
    }

    /** The version of ONNX's own operators in a file. */
    static long version(OnnxModel model) {
        return model.proto().getOpsetImportList().stream()
                .filter(set -> OnnxModel.domain(set.getDomain()).isEmpty())
                .mapToLong(set -> set.getVersion())
                .findFirst()
                .orElse(0);
    }

    /** A model whose one output is a value, without the nodes and constants that it does not need. */
    static OnnxModel only(OnnxModel model, String value) {
        GraphProto graph = model.proto().getGraph();
        Set<String> needed = new HashSet<>(Set.of(value));
        LinkedHashSet<NodeProto> kept = new LinkedHashSet<>();
        List<NodeProto> nodes = graph.getNodeList();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            NodeProto node = nodes.get(i);
            if (node.getOutputList().stream().anyMatch(needed::contains)) {
                kept.add(node);
                needed.addAll(taken(node));
            }
        }
        GraphProto.Builder pruned =
                graph.toBuilder().clearNode().clearInitializer().clearOutput().clearValueInfo();
        nodes.stream().filter(kept::contains).forEach(pruned::addNode);
        graph.getInitializerList().stream()
                .filter(constant -> needed.contains(constant.getName()))
                .forEach(pruned::addInitializer);
        pruned.addOutput(graph.getOutputList().stream()
                .filter(output -> output.getName().equals(value))
                .findFirst()
                .orElseGet(() -> ValueInfoProto.newBuilder().setName(value).build()));
        return new OnnxModel(model.proto().toBuilder().setGraph(pruned).build());
    }
}
