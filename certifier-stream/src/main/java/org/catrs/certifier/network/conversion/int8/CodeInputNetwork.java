// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;
import org.catrs.schemas.onnx.proto.TensorShapeProto;
import org.catrs.schemas.onnx.proto.ValueInfoProto;

/**
 * A file that {@link Quantizer} wrote, split where its images are codes: what comes before is a table, what comes after
 * is run. So codes can be written into the network's input directly, and nothing is computed in floats but the logits.
 *
 * @param onnx the network from the codes on; its input is uint8, batch x height x width x channels in
 *     blocks
 * @param codes how images become codes
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier to the engine, never compared
public record CodeInputNetwork(byte[] onnx, ImageCodes codes) {
    static final String PRECISION_KEY = "precision";
    static final String PRECISION = "int8";

    /** Reads a file; empty when it is not a quantised network of this kind. */
    public static Optional<CodeInputNetwork> of(OnnxModel model) {
        GraphProto graph = model.proto().getGraph();
        boolean marked = model.proto().getMetadataPropsList().stream()
                .anyMatch(entry ->
                        entry.getKey().equals(PRECISION_KEY) && entry.getValue().equals(PRECISION));
        Optional<ValueInfoProto> cells = graph.getValueInfoList().stream()
                .filter(value -> value.getName().equals(InputFront.CELLS))
                .findFirst();
        return marked ? cells.map(value -> split(model, value)) : Optional.empty();
    }

    private static CodeInputNetwork split(OnnxModel model, ValueInfoProto cells) {
        GraphProto graph = model.proto().getGraph();
        GraphProto.Builder rest =
                graph.toBuilder().clearInput().clearNode().clearValueInfo().clearInitializer();
        rest.addInput(cells);
        boolean reached = false;
        Set<String> used = new HashSet<>();
        for (NodeProto node : graph.getNodeList()) {
            if (reached) {
                rest.addNode(node);
                used.addAll(node.getInputList());
            }
            reached |= node.getOutput(0).equals(InputFront.CELLS);
        }
        graph.getInitializerList().stream()
                .filter(constant -> used.contains(constant.getName()))
                .forEach(rest::addInitializer);
        byte[] onnx = model.proto().toBuilder().setGraph(rest).build().toByteArray();
        return new CodeInputNetwork(onnx, ImageCodes.of(graph, image(graph), block(graph, cells)));
    }

    private static ImageShape image(GraphProto graph) {
        TensorShapeProto shape = graph.getInput(0).getType().getTensorType().getShape();
        return new ImageShape(size(shape, 1), size(shape, 2), size(shape, 3));
    }

    private static int block(GraphProto graph, ValueInfoProto cells) {
        if (cells.getType().getTensorType().getElemType() != DataType.UINT8_VALUE) {
            throw new IllegalArgumentException("the codes of a quantised network are uint8");
        }
        return image(graph).height() / size(cells.getType().getTensorType().getShape(), 1);
    }

    private static int size(TensorShapeProto shape, int axis) {
        return Math.toIntExact(shape.getDim(axis).getDimValue());
    }
}
