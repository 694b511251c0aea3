// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.onnx.proto.AttributeProto;
import org.catrs.schemas.onnx.proto.FunctionProto;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.SparseTensorProto;
import org.catrs.schemas.onnx.proto.TensorProto;

/**
 * An ONNX file's content.
 *
 * @param proto the file's message, with a graph
 */
public record OnnxModel(ModelProto proto) {
    /** @throws IllegalArgumentException when there is no graph */
    public OnnxModel {
        if (!proto.hasGraph()) {
            throw new IllegalArgumentException("an ONNX model has a graph, found none");
        }
    }

    /**
     * Reads a file's bytes.
     *
     * @param bytes of which constants are views: they stay as they are
     * @param source names the file in messages
     * @throws InvalidDataException when the bytes are no ONNX model, with what they look like
     */
    public static OnnxModel parse(byte[] bytes, String source) {
        ModelProto proto;
        try {
            proto = read(bytes);
        } catch (IOException e) {
            throw new InvalidDataException(notOnnx(bytes, source), e);
        }
        if (!proto.hasGraph() || proto.getOpsetImportCount() == 0 || FileKind.isOfEngine(bytes)) {
            throw new InvalidDataException(notOnnx(bytes, source));
        }
        return new OnnxModel(proto);
    }

    /**
     * The bytes of a file that somebody says is a network.
     *
     * @throws InvalidDataException when there are none, or it is a folder, with what that looks like
     */
    public static byte[] bytes(Path file) {
        if (Files.isDirectory(file)) {
            throw new InvalidDataException(file + " is a folder, needed is an ONNX file: "
                    + FileKind.describe(file).replace(FileKind.FILE, file.toString()));
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw InvalidDataException.unreadable(file, e);
        }
    }

    /** Without copies of the constants, which may be most of the memory that there is. */
    private static ModelProto read(byte[] bytes) throws IOException {
        CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
        in.enableAliasing(true);
        ModelProto proto = ModelProto.parseFrom(in);
        in.checkLastTagWas(0);
        return proto;
    }

    private static String notOnnx(byte[] bytes, String source) {
        return source + ": these " + bytes.length + " bytes are no ONNX model: "
                + FileKind.describe(bytes).replace(FileKind.FILE, source)
                + "; needed is a whole file as torch.onnx.export or another exporter writes it";
    }

    /** The file's bytes: the same model always gives the same. */
    public byte[] toByteArray() {
        return proto.toByteArray();
    }

    /** All nodes: the graph's, and those of the graphs and functions inside it. */
    public List<NodeProto> nodes() {
        List<NodeProto> nodes = new ArrayList<>(nodes(proto.getGraph().getNodeList()));
        for (FunctionProto function : proto.getFunctionsList()) {
            collectNodes(function.getNodeList(), nodes);
        }
        return List.copyOf(nodes);
    }

    /** Nodes, and those of the graphs inside them. */
    public static List<NodeProto> nodes(List<NodeProto> of) {
        List<NodeProto> nodes = new ArrayList<>();
        collectNodes(of, nodes);
        return nodes;
    }

    /** A domain of operators; ONNX's own, which has two names, is "". */
    public static String domain(String named) {
        return named.equals("ai.onnx") ? "" : named;
    }

    /** All constants: initial values, and attributes of nodes. */
    public List<TensorProto> tensors() {
        List<TensorProto> tensors = new ArrayList<>();
        collectTensors(proto.getGraph(), tensors);
        proto.getFunctionsList().stream()
                .flatMap(function -> function.getAttributeProtoList().stream())
                .forEach(attribute -> collectTensors(attribute, tensors));
        for (NodeProto node : nodes()) {
            node.getAttributeList().forEach(attribute -> collectTensors(attribute, tensors));
        }
        return List.copyOf(tensors);
    }

    /** Whether some constant's values lie in another file. */
    public boolean hasExternalData() {
        return tensors().stream()
                .anyMatch(tensor -> tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL
                        || tensor.getExternalDataCount() > 0);
    }

    private static void collectNodes(List<NodeProto> from, List<NodeProto> into) {
        for (NodeProto node : from) {
            into.add(node);
            for (AttributeProto attribute : node.getAttributeList()) {
                graphs(attribute).forEach(graph -> collectNodes(graph.getNodeList(), into));
            }
        }
    }

    private static Stream<GraphProto> graphs(AttributeProto attribute) {
        return Stream.concat(
                attribute.hasG() ? Stream.of(attribute.getG()) : Stream.empty(), attribute.getGraphsList().stream());
    }

    private static void collectTensors(GraphProto graph, List<TensorProto> into) {
        into.addAll(graph.getInitializerList());
        graph.getSparseInitializerList().forEach(sparse -> collectTensors(sparse, into));
    }

    private static void collectTensors(AttributeProto attribute, List<TensorProto> into) {
        if (attribute.hasT()) {
            into.add(attribute.getT());
        }
        into.addAll(attribute.getTensorsList());
        if (attribute.hasSparseTensor()) {
            collectTensors(attribute.getSparseTensor(), into);
        }
        attribute.getSparseTensorsList().forEach(sparse -> collectTensors(sparse, into));
        graphs(attribute).forEach(graph -> collectTensors(graph, into));
    }

    private static void collectTensors(SparseTensorProto sparse, List<TensorProto> into) {
        into.add(sparse.getValues());
        into.add(sparse.getIndices());
    }
}
