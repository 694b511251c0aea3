// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.onnx;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.catrs.schemas.onnx.proto.AttributeProto;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.OperatorSetIdProto;
import org.catrs.schemas.onnx.proto.StringStringEntryProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;

/**
 * Writes nodes and constants into a graph, and the graph into a file. Constants give back their names, as nodes take
 * them. What was written in the same order is the same file, byte for byte.
 */
public final class GraphBuilder {
    /** Domain of ONNX's own operators, here of version 17. */
    public static final String STANDARD = "";

    /** Domain of ONNX Runtime's own operators, of version 1. */
    public static final String MICROSOFT = "com.microsoft";

    private static final int IR_VERSION = 8;
    private static final int STANDARD_VERSION = 17;
    private static final int OTHER_VERSION = 1;

    private final GraphProto.Builder graph = GraphProto.newBuilder();

    /** A graph without nodes. */
    public GraphBuilder(String name) {
        graph.setName(name);
    }

    /**
     * Adds a node of ONNX's own operators with one output, which names the node too.
     *
     * @param attributes lists of integers; a list of one becomes a single integer
     */
    public void node(String operator, List<String> inputs, String output, Map<String, List<Long>> attributes) {
        graph.addNode(OnnxParts.node(operator, inputs, output, attributes(attributes)));
    }

    /**
     * Adds a node with one output, which names the node too.
     *
     * @param domain of the operator; stands in the file also when it is {@link #STANDARD}
     * @param attributes lists of integers; a list of one becomes a single integer
     */
    public void node(
            String domain, String operator, List<String> inputs, String output, Map<String, List<Long>> attributes) {
        graph.addNode(OnnxParts.node(operator, inputs, output, attributes(attributes)).toBuilder()
                .setDomain(domain));
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

    private String constant(TensorProto constant) {
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
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("catrs")
                .setGraph(graph)
                .addOpsetImport(operators(STANDARD, STANDARD_VERSION));
        TreeSet<String> others = new TreeSet<>();
        graph.getNodeList().stream()
                .map(NodeProto::getDomain)
                .filter(domain -> !domain.equals(STANDARD))
                .forEach(others::add);
        others.forEach(domain -> model.addOpsetImport(operators(domain, OTHER_VERSION)));
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
