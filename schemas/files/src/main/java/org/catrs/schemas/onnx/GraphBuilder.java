// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.onnx;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.catrs.schemas.onnx.proto.AttributeProto;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.OperatorSetIdProto;
import org.catrs.schemas.onnx.proto.StringStringEntryProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;
import org.catrs.schemas.onnx.proto.ValueInfoProto;

/**
 * Writes nodes and constants into a graph, and the graph into a file; the graph is new, or goes on with another's.
 * Constants give back their names, as nodes take them. What was written in the same order is the same file, byte for
 * byte.
 */
public final class GraphBuilder {
    /** Domain of ONNX's own operators, here of version 17. */
    public static final String STANDARD = "";

    /** Domain of ONNX Runtime's own operators, of version 1. */
    public static final String MICROSOFT = "com.microsoft";

    private static final int IR_VERSION = 8;
    private static final int STANDARD_VERSION = 17;
    private static final int OTHER_VERSION = 1;
    /** Before this version of the format, constants had to stand among the inputs, too. */
    private static final long FIRST_IR_WITHOUT_CONSTANT_INPUTS = 4;

    private final GraphProto.Builder graph;
    private final ModelProto file;
    /** Where the next node goes. */
    private int next;

    /** A graph without nodes. */
    public GraphBuilder(String name) {
        this(
                GraphProto.newBuilder().setName(name),
                ModelProto.newBuilder()
                        .setIrVersion(IR_VERSION)
                        .setProducerName("catrs")
                        .addOpsetImport(operators(STANDARD, STANDARD_VERSION))
                        .build());
    }

    private GraphBuilder(GraphProto.Builder graph, ModelProto file) {
        this.graph = graph;
        this.file = file;
        this.next = graph.getNodeCount();
    }

    /**
     * A graph that goes on with another's nodes and constants, in a file of the same versions, functions and facts. Its
     * inputs and outputs are named anew, and no shapes are said of its values.
     */
    public static GraphBuilder of(OnnxModel model) {
        ModelProto.Builder file = model.proto().toBuilder().clearGraph();
        file.setIrVersion(Math.max(file.getIrVersion(), FIRST_IR_WITHOUT_CONSTANT_INPUTS));
        return new GraphBuilder(
                model.proto().getGraph().toBuilder().clearInput().clearOutput().clearValueInfo(), file.build());
    }

    /** The nodes that are added from now on come before all that are there. */
    public void goToBeginning() {
        next = 0;
    }

    /** The nodes that are added from now on come behind all that are there. */
    public void goToEnd() {
        next = graph.getNodeCount();
    }

    /** A name that nothing in the graph has: the given one, or one like it. */
    public String unused(String name) {
        Set<String> used = new HashSet<>();
        graph.getInputList().forEach(input -> used.add(input.getName()));
        graph.getOutputList().forEach(output -> used.add(output.getName()));
        graph.getInitializerList().forEach(constant -> used.add(constant.getName()));
        graph.getSparseInitializerList()
                .forEach(sparse -> used.add(sparse.getValues().getName()));
        OnnxModel.nodes(graph.getNodeList()).forEach(node -> {
            used.addAll(node.getInputList());
            used.addAll(node.getOutputList());
        });
        String candidate = name;
        for (int number = 2; used.contains(candidate); number++) {
            candidate = name + number;
        }
        return candidate;
    }

    /** Adds a node as it is. */
    public void add(NodeProto node) {
        graph.addNode(next++, node);
    }

    /**
     * Adds a node of ONNX's own operators with one output, which names the node too.
     *
     * @param attributes lists of integers; a list of one becomes a single integer
     */
    public void node(String operator, List<String> inputs, String output, Map<String, List<Long>> attributes) {
        add(OnnxParts.node(operator, inputs, output, attributes(attributes)));
    }

    /**
     * Adds a node with one output, which names the node too.
     *
     * @param domain of the operator; stands in the file also when it is {@link #STANDARD}
     * @param attributes lists of integers; a list of one becomes a single integer
     */
    public void node(
            String domain, String operator, List<String> inputs, String output, Map<String, List<Long>> attributes) {
        add(OnnxParts.node(operator, inputs, output, attributes(attributes)).toBuilder()
                .setDomain(domain)
                .build());
    }

    private static AttributeProto[] attributes(Map<String, List<Long>> attributes) {
        return new TreeMap<>(attributes)
                .entrySet().stream()
                        .map(entry -> attribute(entry.getKey(), entry.getValue()))
                        .toArray(AttributeProto[]::new);
    }

    private static AttributeProto attribute(String name, List<Long> values) {
        return values.size() == 1
                ? OnnxParts.integer(name, values.get(0))
                : OnnxParts.integers(
                        name, values.stream().mapToLong(Long::longValue).toArray());
    }

    /** Adds a float32 constant, row-major. */
    public String floats(String name, List<Long> shape, float... values) {
        return constant(OnnxParts.floats(name, shape, values));
    }

    /** Adds an int32 constant of one dimension. */
    public String integers(String name, int... values) {
        return constant(OnnxParts.ints(name, values));
    }

    /** Adds a shape for Reshape, which is an int64 constant of one dimension. */
    public String shape(String name, long... sizes) {
        return constant(OnnxParts.longs(name, sizes));
    }

    /** Adds a constant of a type of one byte, row-major. */
    public String bytes(String name, DataType type, List<Long> shape, byte... values) {
        return constant(OnnxParts.bytes(name, shape, type, values));
    }

    /** Adds a constant as it is. */
    public String constant(TensorProto constant) {
        graph.addInitializer(constant);
        return constant.getName();
    }

    /** Adds an input; the batch comes before its shape. */
    public void input(String name, DataType type, long... shape) {
        graph.addInput(OnnxParts.batch(name, type, shape));
    }

    /** Adds an output; the batch comes before its shape. */
    public void output(String name, DataType type, long... shape) {
        graph.addOutput(OnnxParts.batch(name, type, shape));
    }

    /** Adds an input as it is. */
    public void input(ValueInfoProto input) {
        graph.addInput(input);
    }

    /** Adds an output as it is. */
    public void output(ValueInfoProto output) {
        graph.addOutput(output);
    }

    /** Says what a value inside the graph is; the batch comes before its shape. */
    public void value(String name, DataType type, long... shape) {
        graph.addValueInfo(OnnxParts.batch(name, type, shape));
    }

    /**
     * The file with this graph.
     *
     * @param metadata facts about the model, for its metadata_props
     */
    public OnnxModel model(Map<String, String> metadata) {
        ModelProto.Builder model = file.toBuilder().setGraph(graph);
        Set<String> named = file.getOpsetImportList().stream()
                .map(set -> OnnxModel.domain(set.getDomain()))
                .collect(Collectors.toSet());
        graph.getNodeList().stream()
                .map(node -> OnnxModel.domain(node.getDomain()))
                .filter(domain -> !named.contains(domain))
                .collect(Collectors.toCollection(TreeSet::new))
                .forEach(domain -> model.addOpsetImport(operators(domain, OTHER_VERSION)));
        new TreeMap<>(metadata)
                .forEach((key, value) -> model.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return new OnnxModel(model.build());
    }

    private static OperatorSetIdProto operators(String domain, int version) {
        return OperatorSetIdProto.newBuilder()
                .setDomain(domain)
                .setVersion(version)
                .build();
    }
}
